import { INSTALL_TOKEN } from '../helpers/fakeBot';
import { installWorld } from '../helpers/installWorld';

test('an install gets over a bot that is restarted meanwhile, and waits as long as it asks for', async () => {
  const world = await installWorld();
  const restarting = { status: 503, body: {}, headers: { 'retry-after': '5' } };
  world.bot.instead = [restarting, 'cut', restarting];
  const began = world.deps.timing.now();
  const install = ['install', '--server', world.bot.url];
  expect(await world.command(install, { installToken: INSTALL_TOKEN })).toBe(0);
  expect(world.complaints).toEqual([]);
  expect(world.deps.timing.now() - began).toBeGreaterThanOrEqual(10_000);
  await world.close();
});
