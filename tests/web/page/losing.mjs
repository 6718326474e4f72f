// The connection is lost, in three ways, and nothing else is.
import assert from 'node:assert/strict';
import { unique } from '../support/player.mjs';
import { answer, attempt, eventually, go, offset, online, open_puzzle, verdict } from './steps.mjs';

export async function check_losing(world, checks) {
  const { browser, key, operator, server } = world;
  if (!world.ada || !world.bela) return;

  await checks.check('without a network the page says so, keeps an answer, and sends it when it is back', async () => {
    const missed = [unique('Missed'), unique('Missed')];
    await open_puzzle(world.ada, world.fourth);
    await world.ada_device.setOffline(true);
    await world.ada.getByTestId('connection').getByText(/^Reconnecting/).waitFor();
    const [wrong] = key.wrong_answers(world.fourth, 1);
    await answer(world.ada, wrong);
    assert.match(await attempt(world.ada, wrong).locator('.attempt-text').innerText(), /^Not sent yet/);
    await browser.picture(world.ada, 'offline');
    for (const text of missed) await operator.announce(text);
    await world.bela.locator('.moment').getByText(missed[1]).waitFor();
    await world.ada_device.setOffline(false);
    await online(world.ada);
    assert.match(await verdict(world.ada, wrong), /^Incorrect/);
    await go(world.ada, '#/feed');
    for (const text of missed) await eventually(`the line ${text}`, () => world.ada.getByTestId('feed').getByText(text, { exact: true }).count(), (count) => count === 1);
    await same_offsets(world);
    await browser.picture(world.ada, 'resumed');
  });
  await checks.check('an answer that was not sent can be withdrawn', async () => {
    await open_puzzle(world.ada, world.fourth);
    await world.ada_device.setOffline(true);
    await world.ada.getByTestId('connection').getByText(/^Reconnecting/).waitFor();
    await answer(world.ada, 'second thoughts');
    await attempt(world.ada, 'second thoughts').getByRole('button', { name: 'Withdraw' }).click();
    await eventually('the withdrawn answer', () => attempt(world.ada, 'second thoughts').count(), (count) => count === 0);
    await world.ada_device.setOffline(false);
    await online(world.ada);
  });
  if (server) {
    await checks.check('the server is killed and started again: both pages resume by themselves and nothing is missing', async () => {
      const points = await world.ada.getByTestId('points').innerText();
      await server.kill();
      for (const page of [world.ada, world.bela]) await page.getByTestId('connection').getByText(/^Reconnect/).waitFor();
      await server.start();
      await Promise.all([online(world.ada), online(world.bela)]);
      const after = unique('After the restart');
      await operator.announce(after);
      for (const page of [world.ada, world.bela]) await page.locator('.moment').getByText(after).waitFor();
      assert.equal(await world.ada.getByTestId('points').innerText(), points);
      await go(world.ada, `#/puzzle/${encodeURIComponent(world.solved)}`);
      await world.ada.locator('.puzzle-worth .state-solved').waitFor();
      await same_offsets(world);
    });
  }
  await checks.check('a reload goes on where it was', async () => {
    await world.ada.reload();
    await online(world.ada);
    await world.ada.locator('.puzzle-head').waitFor();
  });
}

async function same_offsets(world) {
  for (const stream of ['hunt', 'team']) {
    await eventually(`the offsets of ${stream}`, async () => [await offset(world.ada, stream), await offset(world.bela, stream)], ([one, two]) => one === two && one > 0);
  }
}
