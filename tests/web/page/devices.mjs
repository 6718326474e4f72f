// One player, two windows, and a new telephone.
import assert from 'node:assert/strict';
import { online, phase } from './steps.mjs';

export async function check_devices(world, checks) {
  const { browser } = world;
  if (!world.ada) return;

  await checks.check('a second window takes the place, and the first says so and can take it back', async () => {
    const second = await browser.page(world.ada_device);
    await online(second);
    await world.ada.getByRole('alert').getByText(/another window/).waitFor();
    await world.ada.getByRole('button', { name: 'Play here' }).click();
    await online(world.ada);
    await second.getByRole('alert').getByText(/another window/).waitFor();
    assert.equal(await phase(second), 'replaced');
    await second.close();
  });
  await checks.check('a recovery code brings the player back on another device and signs the old one out', async () => {
    const device = await browser.device();
    const page = await browser.page(device);
    await page.getByRole('button', { name: 'Come back' }).click();
    await page.getByLabel('Recovery code').fill(world.codes.recovery_code.toLowerCase());
    await page.getByRole('button', { name: 'Come back' }).last().click();
    await online(page);
    await world.ada.getByRole('alert').getByText(/signed this device out/).waitFor();
    assert.equal(await phase(world.ada), 'refused');
    await browser.picture(world.ada, 'signed-out');
    await world.ada.getByRole('button', { name: 'Enter anew' }).click();
    await world.ada.getByLabel('Team name').waitFor();
    assert.equal(await world.ada.evaluate(() => localStorage.getItem('cairn.player')), null);
    world.ada = page;
    world.ada_device = device;
  });
}
