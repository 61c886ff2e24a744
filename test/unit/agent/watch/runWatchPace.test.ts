import { runningWatch } from '../../../helpers/agent/runningWatch';

it('asks for the highest USN four times a second, and reads users only when it moved', async () => {
  const world = runningWatch();
  const ada = world.directory.add('ada');
  await world.rested();
  for (let n = 0; n < 12; n++) await world.rest();
  expect(world.directory.readings).toBe(1);
  world.directory.reset(ada);
  const from = world.timing.at;
  while (world.told.length === 0) await world.rest();
  expect(world.timing.at - from).toBeLessThanOrEqual(250);
  await world.close();
});

it('asks every 0.8 seconds after ten seconds without a change, and four times a second again after one', async () => {
  const world = runningWatch();
  const ada = world.directory.add('ada');
  await world.rested();
  const from = world.timing.at;
  while (world.timing.at < from + 10_000) await world.rest();
  const calm: (number | undefined)[] = [];
  for (let n = 0; n < 40; n++) {
    calm.push(await world.rested());
    await world.rest();
  }
  expect(new Set(calm)).toEqual(new Set([800]));
  world.directory.reset(ada);
  await world.rest();
  expect(world.told).toMatchObject([{ type: 'reset', late: false }]);
  await world.rest();
  expect(await world.rested()).toBe(250);
  await world.close();
});

it('reads users at most twice a second when the USN moves all the time, and still tells a reset', async () => {
  const world = runningWatch();
  const ada = world.directory.add('ada');
  await world.rested();
  const from = world.timing.at;
  while (world.timing.at < from + 10_000) {
    world.directory.stir();
    await world.rest();
  }
  expect(world.directory.readings).toBeGreaterThan(15);
  expect(world.directory.readings).toBeLessThanOrEqual(21);
  world.directory.reset(ada);
  await world.rest();
  expect(world.told).toMatchObject([{ user: { objectGuid: ada }, late: false }]);
  await world.close();
});

it('rests after a slow answer for as long as it took, up to two seconds', async () => {
  const world = runningWatch();
  world.directory.add('ada');
  const rests: (number | undefined)[] = [await world.rested()];
  const { usersSince } = world.directory;
  for (const tookMs of [800, 30_000]) {
    world.directory.usersSince = async function* (usn) {
      world.timing.at += tookMs;
      yield* usersSince.call(world.directory, usn);
    };
    world.directory.stir();
    rests.push(await world.nextLook());
  }
  expect(rests).toEqual([500, 800, 2_000]);
  await world.close();
});

it('looks at everything again after ten seconds without a change, and at once when the USN went back', async () => {
  const world = runningWatch();
  const ada = world.directory.add('ada');
  const copy = world.directory.copy();
  world.directory.reset(ada);
  await world.rested();
  const { state } = world.directory;
  let states = 0;
  world.directory.state = () => {
    states += 1;
    return state.call(world.directory);
  };
  const from = world.timing.at;
  while (states === 0) await world.rest();
  expect(world.timing.at - from).toBe(10_000);
  world.directory.restore(copy);
  await world.rest();
  expect([states, world.told]).toMatchObject([2, [{ type: 'directoryChanged', change: 'restored' }]]);
  await world.close();
});
