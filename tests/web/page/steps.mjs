// What a person does with the page, by what it is called there.
import assert from 'node:assert/strict';

export async function make_team(page, team, player) {
  await page.getByLabel('Team name').fill(team);
  await page.getByLabel('Your name').fill(player);
  await page.getByRole('button', { name: 'Make the team' }).click();
  return start_playing(page);
}

export async function start_playing(page) {
  await page.getByRole('heading', { name: 'You are in.' }).waitFor();
  const join_code = (await page.getByLabel('join code', { exact: true }).count()) ? await page.getByLabel('join code', { exact: true }).first().innerText() : undefined;
  const recovery_code = await page.getByLabel('recovery code', { exact: true }).innerText();
  await page.getByRole('button', { name: 'Start playing' }).click();
  await online(page);
  return { join_code, recovery_code };
}

export const go = (page, fragment) => page.evaluate((to) => { location.hash = to; }, fragment);
export const phase = (page) => page.locator('.game').getAttribute('data-connection');
export const offset = async (page, stream) => Number(await page.locator('.game').getAttribute(`data-${stream}-offset`));

export async function online(page) {
  await page.locator('.game[data-connection="online"]').waitFor();
  await page.locator('.top h1').waitFor();
}

export async function open_puzzle(page, id) {
  await go(page, `#/puzzle/${encodeURIComponent(id)}`);
  await page.getByLabel('Your answer').waitFor();
}

export async function answer(page, text) {
  await page.getByLabel('Your answer').fill(text);
  await page.getByRole('button', { name: 'Answer', exact: true }).click();
}

// The line of an answer among what was tried.
export const attempt = (page, text) => page.locator('.attempt', { has: page.locator('.attempt-what', { hasText: new RegExp(`^${escaped(text)}$`) }) }).first();
export const verdict = async (page, text) => {
  await page.locator('.attempt:not(.attempt-wait)', { has: page.locator('.attempt-what', { hasText: new RegExp(`^${escaped(text)}$`) }) }).first().waitFor();
  return attempt(page, text).locator('.attempt-text').innerText();
};
const escaped = (text) => text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');

export async function puzzle_ids(page) {
  await page.locator('.card').first().waitFor();
  return page.locator('.card').evaluateAll((cards) => cards.map((card) => decodeURIComponent(card.getAttribute('href').replace('#/puzzle/', ''))));
}

export async function eventually(what, look, wanted = (value) => value) {
  let value;
  for (let turn = 0; turn < 200; turn++) {
    value = await look();
    if (wanted(value)) return value;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  return assert.fail(`${what}: still ${JSON.stringify(value)}`);
}

// Whatever a person cannot see or use, without asking for anybody's taste.
export function audit(page) {
  return page.evaluate(() => {
    const problems = [];
    const seen = (element) => element.checkVisibility({ visibilityProperty: true });
    const name_of = (element) => (element.getAttribute('aria-label') || element.innerText || element.title || '').trim();
    for (const input of document.querySelectorAll('input')) if (seen(input) && !input.labels?.length && !input.getAttribute('aria-label')) problems.push(`an input without a label: ${input.outerHTML}`);
    for (const control of document.querySelectorAll('button, a[href]')) if (seen(control) && !name_of(control)) problems.push(`a control without a name: ${control.outerHTML.slice(0, 120)}`);
    const ids = [...document.querySelectorAll('[id]')].map((element) => element.id);
    for (const id of new Set(ids)) if (ids.filter((one) => one === id).length > 1) problems.push(`the id ${id} stands twice`);
    const headings = [...document.querySelectorAll('h1')].filter(seen).length;
    if (headings !== 1) problems.push(`${headings} headings of the first level`);
    if (!document.documentElement.lang) problems.push('no language');
    const too_wide = document.documentElement.scrollWidth - window.innerWidth;
    if (too_wide > 0) problems.push(`${too_wide} px wider than the screen`);
    return problems;
  });
}

// The contrast of text on its ground, as WCAG computes it, for the colours that the page uses together.
export function contrasts(page) {
  return page.evaluate(() => {
    const kPairs = [
      ['--ink', '--panel'], ['--ink', '--water'], ['--ink-soft', '--panel'], ['--ink-soft', '--water'], ['--ink-soft', '--panel-sunk'], ['--accent-ink', '--accent'],
      ['--accent', '--panel'], ['--accent', '--water'], ['--accent', '--accent-soft'], ['--good', '--good-soft'], ['--near', '--near-soft'], ['--bad', '--bad-soft'], ['--good', '--panel'],
      ['--bad', '--panel'], ['--banner-ink', '--banner'], ['--banner-soft', '--banner'], ['--ink', '--land'], ['--ink-soft', '--land']
    ];
    const style = getComputedStyle(document.documentElement);
    const light = (name) => {
      const [, ...channels] = /#(..)(..)(..)/.exec(style.getPropertyValue(name));
      const [r, g, b] = channels.map((hex) => parseInt(hex, 16) / 255).map((c) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4));
      return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    return kPairs.map(([text, ground]) => {
      const [low, high] = [light(text), light(ground)].sort((a, b) => a - b);
      return { pair: `${text} on ${ground}`, ratio: Math.round(((high + 0.05) / (low + 0.05)) * 100) / 100 };
    });
  });
}
