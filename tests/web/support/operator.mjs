// What the tests do as an operator, over the operators' listener.
import { readFile } from 'node:fs/promises';

export class Operator {
  static async with_token_file(admin, file) { return new Operator(admin, (await readFile(file, 'utf8')).trim()); }

  constructor(admin, token) {
    this.admin = admin;
    this.token = token;
  }

  async act(path, body = {}) {
    const response = await fetch(`${this.admin}/v1/admin/${path}`, {
      method: 'POST', headers: { Authorization: `Bearer ${this.token}`, 'Content-Type': 'application/json' }, body: JSON.stringify(body)
    });
    if (!response.ok) throw new Error(`operator: ${path} was answered ${response.status}: ${await response.text()}`);
  }

  open(district) { return this.act(`districts/${encodeURIComponent(district)}/open`); }
  announce(text) { return this.act('announce', { text }); }
}
