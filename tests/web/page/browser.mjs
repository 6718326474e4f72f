// A headless Chromium that watches what the page does: every request it makes, everything it complains about.
import { existsSync } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { chromium } from 'playwright-core';

const kArguments = ['--no-sandbox', '--disable-gpu', '--disable-quic', '--disable-background-networking', '--disable-component-update', '--disable-sync', '--no-first-run', '--no-default-browser-check', '--disable-default-apps'];
const kPatienceMs = 20_000; // A guard against waiting for ever; nothing is measured by it.
// A lost connection is what some checks are about; Chromium reports it as an error of the console.
const kExpectedComplaint = /WebSocket connection to .* failed/;

export class Browser {
  requests = [];
  complaints = [];

  static async launch({ url, screenshots }) {
    const executable = process.env.CAIRN_CHROMIUM ?? ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
    if (!executable) throw new Error('no Chromium: apt-get install chromium, or say where by CAIRN_CHROMIUM');
    const browser = new Browser();
    browser.url = url;
    browser.screenshots = screenshots;
    if (screenshots) await mkdir(screenshots, { recursive: true });
    browser.chromium = await chromium.launch({ executablePath: executable, headless: true, args: kArguments });
    return browser;
  }

  // Each context is a device of its own: own storage, own cookies, own network.
  async device({ width = 1280, height = 800, dark = false, ...more } = {}) {
    const context = await this.chromium.newContext({ viewport: { width, height }, colorScheme: dark ? 'dark' : 'light', reducedMotion: 'reduce', ...more });
    context.setDefaultTimeout(kPatienceMs);
    await context.addInitScript(() => document.addEventListener('securitypolicyviolation', (event) => console.error(`CSP violation: ${event.violatedDirective} ${event.blockedURI}`)));
    context.on('request', (request) => this.requests.push(request.url()));
    return context;
  }

  async page(context, at = '/') {
    const page = await context.newPage();
    page.on('console', (message) => {
      if ((message.type() === 'error' || message.type() === 'warning') && !kExpectedComplaint.test(message.text())) this.complaints.push(`${message.type()}: ${message.text()}`);
    });
    page.on('pageerror', (error) => this.complaints.push(`uncaught: ${error.stack ?? error}`));
    page.on('websocket', (socket) => this.requests.push(socket.url()));
    await page.goto(this.url + at);
    return page;
  }

  async picture(page, name) {
    if (this.screenshots) await page.screenshot({ path: path.join(this.screenshots, `${name}.png`) });
  }

  close() { return this.chromium.close(); }
}
