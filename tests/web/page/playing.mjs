// Two players of one team, and a district that opens in front of them. Leaves both pages open for what follows.
import assert from 'node:assert/strict';
import { unique } from '../support/player.mjs';
import { answer, attempt, go, make_team, open_puzzle, phase, puzzle_ids, start_playing, verdict } from './steps.mjs';

export async function check_playing(world, checks) {
  const { browser, key, operator } = world;
  const team = unique('Night Herons');

  await checks.check('a player makes a team with the keyboard alone', async () => {
    world.ada_device = await browser.device();
    world.ada = await browser.page(world.ada_device);
    const page = world.ada;
    await page.getByRole('heading', { level: 1 }).waitFor();
    await tab_to(page, 'Team name');
    await page.keyboard.type(team);
    await tab_to(page, 'Your name');
    await page.keyboard.type('Ada');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { name: 'You are in.' }).waitFor();
    await browser.picture(page, 'codes');
    world.codes = await start_playing(page);
    assert.equal(await page.locator('.names p').innerText(), team);
  });
  await checks.check('a name that is taken, or a wrong code, is told beside the form', async () => {
    const device = await browser.device();
    const page = await browser.page(device);
    await browser.picture(page, 'entry');
    await page.getByRole('button', { name: 'Join a team' }).click();
    await page.getByLabel('Join code').fill('NOSUCHCODE');
    await page.getByLabel('Your name').fill('Cid');
    await page.getByRole('button', { name: 'Join the team' }).click();
    await page.getByRole('alert').filter({ hasText: /code/i }).waitFor();
    await device.close();
    browser.complaints = browser.complaints.filter((complaint) => !/status of 404/.test(complaint));
  });
  await checks.check('a teammate joins by the link, and both see each other', async () => {
    world.bela_device = await browser.device();
    world.bela = await browser.page(world.bela_device, `/#/join/${world.codes.join_code}`);
    assert.equal(await world.bela.getByLabel('Join code').inputValue(), world.codes.join_code);
    await world.bela.getByLabel('Your name').fill('Bela');
    await world.bela.getByRole('button', { name: 'Join the team' }).click();
    await start_playing(world.bela);
    await go(world.ada, '#/team');
    await world.ada.locator('.members').getByText('Bela').waitFor();
    await world.ada.locator('.members').getByText('captain').waitFor();
    assert.equal(await world.ada.locator('.code-text').first().innerText(), world.codes.join_code);
  });
  await checks.check('the map shows every district, and says which are open', async () => {
    const listed = await world.ada.locator('.district-row').count();
    assert.ok(listed > 0);
    assert.equal(await world.ada.locator('.chart path.district').count(), listed);
    if ((await world.ada.locator('.district-row.is-open').count()) === 0) await operator.open(await closed_district(world.ada));
    const open = await world.ada.locator('.district-row.is-open').count();
    await world.ada.getByText(`${open} of ${listed} districts open`).waitFor();
  });
  await checks.check('a wrong answer is told with what is left, and the same one again costs nothing', async () => {
    await go(world.ada, '#/puzzles');
    const ids = (await puzzle_ids(world.ada)).filter((id) => key.answer(id) && !key.puzzles.get(id).needs_check_in);
    [world.solved, world.other, world.third, world.fourth] = ids;
    await open_puzzle(world.ada, world.solved);
    const [wrong] = key.wrong_answers(world.solved, 1);
    await answer(world.ada, wrong);
    assert.match(await verdict(world.ada, wrong), /^Incorrect, \d+ guess(es)? left$/);
    await answer(world.ada, wrong.toUpperCase());
    assert.match(await verdict(world.ada, wrong.toUpperCase()), /tried that already/);
    await browser.picture(world.ada, 'wrong');
  });
  await checks.check('the verdict is said to a screen reader', async () => {
    assert.match(await world.ada.getByTestId('verdict').innerText(), /tried that already/);
    assert.equal(await world.ada.getByTestId('verdict').getAttribute('aria-live'), 'assertive');
  });
  await checks.check('five wrong answers lock out, and the page counts down', async () => {
    await open_puzzle(world.bela, world.other);
    for (const wrong of key.wrong_answers(world.other, 12)) {
      await answer(world.bela, wrong);
      await verdict(world.bela, wrong);
      if (await world.bela.locator('.answer-note.is-locked').count()) break;
    }
    assert.match(await world.bela.locator('.answer-note').innerText(), /^Locked out for \d+:\d\d$/);
    assert.equal(await world.bela.getByRole('button', { name: 'Answer', exact: true }).getAttribute('aria-disabled'), 'true');
    await browser.picture(world.bela, 'lockout');
  });
  await checks.check('the right answer solves the puzzle, here and on the teammate’s page', async () => {
    const right = key.answer(world.solved);
    await answer(world.ada, right);
    assert.match(await verdict(world.ada, right), /^Correct: \d+ points$/);
    await world.ada.locator('.puzzle-worth .state-solved').waitFor();
    await go(world.bela, `#/puzzle/${encodeURIComponent(world.solved)}`);
    await world.bela.locator('.puzzle-worth').getByText(/Solved by Ada, \d+ points/).waitFor();
    await go(world.bela, '#/feed');
    await world.bela.getByTestId('feed').getByText(/^Ada solved/).waitFor();
    await world.bela.locator('[data-testid="points"]').filter({ hasText: /^[1-9]/ }).waitFor();
  });
  await checks.check('the leaderboard shows the own team', async () => {
    await go(world.bela, '#/board');
    await world.bela.locator('.board .own').filter({ hasText: team }).waitFor();
    await browser.picture(world.bela, 'board');
  });
  await checks.check('a hint is bought in two steps, and the teammate reads it too', async () => {
    const with_hint = [world.third, world.fourth].find((id) => key.puzzles.get(id)?.hints > 0);
    assert.ok(with_hint, 'one of the first puzzles has a hint');
    await go(world.ada, `#/puzzle/${encodeURIComponent(with_hint)}`);
    await world.ada.getByRole('button', { name: /^Take a .*hint/ }).click();
    const sure = world.ada.getByRole('button', { name: 'Take it' });
    if (await sure.count()) await sure.click();
    const text = await world.ada.locator('section:has(#hints-heading) .help-list li').first().innerText();
    assert.ok(text.length > 0);
    await go(world.bela, `#/puzzle/${encodeURIComponent(with_hint)}`);
    await world.bela.locator('section:has(#hints-heading) .help-list li').filter({ hasText: text.slice(0, 30) }).waitFor();
  });
  await checks.check('a district opens in front of everybody: the map, the list, the feed, a moment', async () => {
    await go(world.ada, '#/feed');
    const id = await closed_district(world.ada);
    await operator.open(id);
    for (const page of [world.ada, world.bela]) {
      await page.locator(`.district-row.is-new[data-district="${id}"]`).getByText('Just opened').waitFor();
      await page.getByTestId('moment').getByText(/ is open$/).waitFor();
    }
    await world.ada.locator('.chart path.district-new').first().waitFor();
    await world.ada.getByTestId('feed').getByText(/ is open$/).first().waitFor();
    await browser.picture(world.ada, 'opening');
    assert.equal(await phase(world.ada), 'online');
  });
  await checks.check('the puzzles of an opened district are there with their text', async () => {
    await world.ada.getByTestId('moment').getByRole('link', { name: 'Show' }).click();
    const card = world.ada.locator('.card-fresh').first();
    await card.click();
    await world.ada.locator('.prompt p').first().waitFor();
    assert.equal(await attempt(world.ada, 'anything').count(), 0);
  });
}

async function closed_district(page) { return page.locator('.district-row.is-closed').first().getAttribute('data-district'); }

async function tab_to(page, label) {
  for (let step = 0; step < 20; step++) {
    await page.keyboard.press('Tab');
    if (await page.evaluate((text) => document.activeElement?.labels?.[0]?.innerText.trim() === text, label)) return;
  }
  assert.fail(`no Tab leads to ${label}`);
}
