// Telephone and desktop, light and dark, and what must hold of the page as a whole.
import assert from 'node:assert/strict';
import { unique } from '../support/player.mjs';
import { audit, contrasts, go, make_team } from './steps.mjs';

const kScreens = [
  { name: 'phone-light', width: 360, height: 740, dark: false, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  { name: 'phone-dark', width: 360, height: 740, dark: true, hasTouch: true, isMobile: true, deviceScaleFactor: 2 },
  { name: 'desktop-light', width: 1440, height: 900, dark: false },
  { name: 'desktop-dark', width: 1440, height: 900, dark: true }
];

export async function check_looks(world, checks) {
  const { browser } = world;
  for (const { name, ...screen } of kScreens) {
    await checks.check(`every place is whole, named and within the screen (${name})`, async () => {
      const device = await browser.device(screen);
      const page = await browser.page(device);
      assert.deepEqual(await audit(page), [], 'the door');
      await browser.picture(page, `${name}-entry`);
      await make_team(page, unique('A team with quite a long name'), 'Maximiliane');
      for (const place of ['map', 'puzzles', 'feed', 'board', 'team']) {
        await go(page, `#/${place}`);
        await page.locator(`.game[data-place="${place}"]`).waitFor();
        assert.deepEqual(await audit(page), [], place);
        await browser.picture(page, `${name}-${place}`);
      }
      await go(page, '#/puzzles');
      await page.locator('.card').first().click();
      await page.locator('.prompt p').first().waitFor();
      assert.deepEqual(await audit(page), [], 'a puzzle');
      assert.equal(await page.evaluate(() => document.activeElement?.id), 'puzzles-heading', 'the focus follows to the puzzle');
      await browser.picture(page, `${name}-puzzle`);
      const weak = (await contrasts(page)).filter(({ ratio }) => ratio < 4.5);
      assert.deepEqual(weak, [], 'contrast of at least 4.5');
      await device.close();
    });
  }
  await checks.check('a puzzle is found, read and answered with the keyboard alone', async () => {
    const device = await browser.device();
    const page = await browser.page(device);
    await make_team(page, unique('Keyboards'), 'Kim');
    await page.locator('.card').first().waitFor();
    await tab_until(page, () => document.activeElement?.classList.contains('card'));
    await page.keyboard.press('Enter');
    await page.getByLabel('Your answer').waitFor();
    await tab_until(page, () => document.activeElement?.id === 'answer');
    await page.keyboard.type('a guess by keyboard');
    await page.keyboard.press('Enter');
    await page.locator('.attempt:not(.attempt-wait)').waitFor();
    assert.equal(await page.evaluate(() => document.activeElement?.id), 'answer', 'the next guess can be typed at once');
    await device.close();
  });
  await checks.check('no request left the host, and no token stood in an address', async () => {
    const host = new URL(world.url).host;
    const token = await world.ada.evaluate(() => JSON.parse(localStorage.getItem('cairn.player')).token);
    assert.ok(browser.requests.length > 10 && token.length > 8);
    for (const url of browser.requests) {
      assert.equal(new URL(url).host, host, url);
      assert.ok(!url.includes(token), 'a token in an address');
    }
  });
  await checks.check('the browser had nothing to complain about: no error, no warning, no violation of the policy', () => assert.deepEqual(browser.complaints, []));
  await checks.check('the page is served with a policy that lets nothing foreign in', async () => {
    const response = await fetch(world.url);
    const policy = response.headers.get('content-security-policy') ?? '';
    assert.match(policy, /default-src '(self|none)'/);
    assert.doesNotMatch(policy, /unsafe|\*/);
    assert.equal(response.headers.get('x-content-type-options'), 'nosniff');
  });
}

async function tab_until(page, is_there) {
  for (let step = 0; step < 120; step++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate(is_there)) return;
  }
  assert.fail('no Tab leads there');
}
