// One player on this device: the kept credentials, and the connection and store that live as long as they do.
import { Connection } from './connection.ts';
import { Outbox } from './outbox.ts';
import { kPlayPath, kSubprotocol, type Credentials } from './protocol.ts';
import type { SocketLike, World } from './seams.ts';
import { Store } from './store.ts';

const kCredentialsKey = 'cairn.player';
const kOutboxKey = 'cairn.outbox';

export interface Game { store: Store; connection: Connection; credentials: Credentials; stop(): void }

export function kept_credentials(): Credentials | null {
  try {
    const kept: unknown = JSON.parse(localStorage.getItem(kCredentialsKey) ?? 'null');
    return kept && typeof (kept as Credentials).token === 'string' ? (kept as Credentials) : null;
  } catch { return null; }
}

export function keep_credentials(credentials: Credentials): void {
  try { localStorage.setItem(kCredentialsKey, JSON.stringify(credentials)); } catch { /* Then this tab plays alone. */ }
}

export function forget_credentials(): void {
  try { localStorage.removeItem(kCredentialsKey); sessionStorage.removeItem(kOutboxKey); } catch { /* Nothing was kept. */ }
}

export function start_game(credentials: Credentials): Game {
  const outbox = new Outbox(session_storage(), kOutboxKey);
  const store = new Store(outbox, () => Date.now());
  const connection = new Connection(browser_world(), store, credentials.token, outbox, `p${random_text()}`);
  store.attach(connection);
  const back = () => connection.network_back();
  const lost = () => connection.network_lost();
  const shown = () => { if (document.visibilityState === 'visible') connection.foreground(); };
  window.addEventListener('online', back);
  window.addEventListener('offline', lost);
  document.addEventListener('visibilitychange', shown);
  connection.connect();
  return {
    store, connection, credentials,
    stop() {
      window.removeEventListener('online', back);
      window.removeEventListener('offline', lost);
      document.removeEventListener('visibilitychange', shown);
      connection.stop();
      outbox.clear();
    }
  };
}

function browser_world(): World {
  return {
    open_socket: () => browser_socket(`${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}${kPlayPath}`),
    now_ms: () => Date.now(),
    after: (ms, run) => window.setTimeout(run, ms),
    cancel: (timer) => window.clearTimeout(timer as number),
    random: () => Math.random()
  };
}

function browser_socket(url: string): SocketLike {
  const socket = new WebSocket(url, kSubprotocol);
  const adapter: SocketLike = {
    send: (text) => { if (socket.readyState === WebSocket.OPEN) socket.send(text); },
    close: (code) => socket.close(code),
    on_open: () => {}, on_message: () => {}, on_close: () => {}
  };
  socket.onopen = () => adapter.on_open();
  socket.onmessage = (message) => { if (typeof message.data === 'string') adapter.on_message(message.data); };
  socket.onclose = (close) => adapter.on_close(close.code, close.reason);
  return adapter;
}

function session_storage(): Storage | null {
  try { return window.sessionStorage; } catch { return null; }
}

function random_text(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(6));
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
