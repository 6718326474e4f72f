// The real `cairn serve` as a child process: started, killed, started again on the same data and ports, and drained.
import { spawn, execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';

const kReadyMs = 60_000; // A guard, not a measurement: sanitizers start slowly.

export class Server {
  constructor({ cairn, hunt, data, web }) {
    Object.assign(this, { cairn, hunt, data, web, listen: '127.0.0.1:0', admin_listen: '127.0.0.1:0' });
  }

  get operator_token_file() { return path.join(this.data, 'operator.token'); }

  async start() {
    const child = spawn(this.cairn, ['serve', this.hunt, '--listen', this.listen, '--admin', this.admin_listen, '--data', this.data, '--web', this.web], { stdio: ['ignore', 'pipe', 'pipe'] });
    this.child = child;
    this.errors = '';
    child.stderr.on('data', (bytes) => { this.errors = (this.errors + bytes).slice(-4000); });
    this.ended = new Promise((resolve) => child.once('close', (code, signal) => resolve({ code, signal })));
    const line = await this.first_line();
    const ready = /^ready players=(\S+) admin=(\S+)/.exec(line);
    if (!ready) throw new Error(`the server did not say ready, but: ${line}\n${this.errors}`);
    [, this.url, this.admin] = ready;
    // A restarted server stands where its players look for it.
    this.listen = new URL(this.url).host;
    this.admin_listen = new URL(this.admin).host;
    return this;
  }

  first_line() {
    return new Promise((resolve, reject) => {
      let text = '';
      const timer = setTimeout(() => reject(new Error(`the server is not ready\n${this.errors}`)), kReadyMs);
      this.child.stdout.on('data', (bytes) => {
        text += bytes;
        if (!text.includes('\n')) return;
        clearTimeout(timer);
        resolve(text.split('\n')[0]);
      });
      this.child.once('error', (error) => { clearTimeout(timer); reject(error); });
      this.ended.then(({ code, signal }) => { clearTimeout(timer); reject(new Error(`the server ended (${code ?? signal}): ${this.errors}`)); });
    });
  }

  async kill() {
    this.child.kill('SIGKILL');
    await this.ended;
  }

  // The server's own way to end; returns how it ended.
  async stop() {
    if (!this.child || this.child.exitCode !== null || this.child.signalCode !== null) return this.ended;
    this.child.kill('SIGTERM');
    const too_long = setTimeout(() => this.child.kill('SIGKILL'), kReadyMs);
    const end = await this.ended;
    clearTimeout(too_long);
    return end;
  }
}

export async function make_answer_key(cairn, hunt, file) {
  await promisify(execFile)(cairn, ['check', hunt, '--answer-key', file], { maxBuffer: 64 * 1024 * 1024 });
}
