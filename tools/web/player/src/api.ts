// The HTTP side: making, joining and recovering, before there is a connection. The token travels in a body only.
import type { Credentials, ProtocolError } from './protocol.ts';

export type Entered = { ok: true; credentials: Credentials } | { ok: false; error: ProtocolError };

export const make_team = (team_name: string, player_name: string) => post('/v1/teams', { team_name, player_name });
export const join_team = (join_code: string, player_name: string) => post('/v1/join', { join_code, player_name });
// The code stays as it is, and the server does not tell it again.
export async function recover(recovery_code: string): Promise<Entered> {
  const entered = await post('/v1/recover', { recovery_code });
  if (entered.ok) entered.credentials.recovery_code ??= recovery_code;
  return entered;
}

async function post(path: string, body: object): Promise<Entered> {
  let response: Response;
  try {
    response = await fetch(path, {
      method: 'POST', headers: { 'Content-Type': 'application/json' }, body: JSON.stringify(body),
      credentials: 'omit', cache: 'no-store'
    });
  } catch {
    return failed('unreachable', 'The server cannot be reached. Check your connection and try again.');
  }
  const answer = await response.json().catch(() => null) as (Credentials & { error?: ProtocolError }) | null;
  if (response.ok && typeof answer?.token === 'string') {
    const { token, join_code, recovery_code } = answer;
    return { ok: true, credentials: { token, join_code, recovery_code } };
  }
  if (answer?.error) return { ok: false, error: answer.error };
  return failed('internal', `The server answered ${response.status}. Try again in a moment.`);
}

function failed(code: string, message: string): Entered { return { ok: false, error: { code, message } }; }
