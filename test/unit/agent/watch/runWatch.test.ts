import { DirectoryFault } from '../../../../agent/ports';
import { runningWatch } from '../../../helpers/agent/runningWatch';

it('tells resets, asks for a delta sync, and says once that it reads', async () => {
  const world = runningWatch();
  const ada = world.directory.add('ada');
  expect(await world.rested()).toBe(500);
  world.directory.reset(ada);
  world.directory.add('bob');
  expect(await world.nextLook()).toBe(500);
  expect(await world.nextLook()).toBe(250);
  expect(world.told).toMatchObject([{ type: 'reset', user: { objectGuid: ada } }]);
  expect(world.asked).toEqual([1]);
  expect(world.health).toEqual([
    { state: 'reading', domain: 'contoso.test', domainController: 'dc1.contoso.test' },
  ]);
  await world.close();
});

it('looks less and less often while the directory is away, says so once, and finds what happened', async () => {
  const world = runningWatch();
  const ada = world.directory.add('ada');
  await world.rested();
  world.directory.fault = new DirectoryFault('unreachable', 'dc1 does not answer.');
  const rests: (number | undefined)[] = [];
  for (let n = 0; n < 6; n++) rests.push(await world.nextLook());
  expect(rests).toEqual([1_500, 3_000, 6_000, 12_000, 22_500, 22_500]);
  world.directory.reset(ada);
  world.directory.fault = undefined;
  expect(await world.nextLook()).toBe(500);
  expect(world.told).toMatchObject([{ type: 'reset', late: true }]);
  expect(world.health.map(({ state, finding }) => [state, finding])).toEqual([
    ['reading', undefined],
    ['unreachable', 'dc1 does not answer.'],
    ['reading', undefined],
  ]);
  await world.close();
});

it('does not wait for a security log that does not answer', async () => {
  const world = runningWatch({ whoReset: () => new Promise(() => undefined) });
  const ada = world.directory.add('ada');
  await world.rested();
  world.directory.reset(ada);
  world.timing.advance(2_000);
  await world.timing.sleeper((ms) => ms === 2_500);
  world.timing.advance(2_500);
  await world.rested();
  expect(world.told).toMatchObject([{ how: 'unknown' }]);
  await world.close();
});

it('tells a reset again with who did it, when the log answers late', async () => {
  const by = { name: 'eve', domain: 'CONTOSO', sid: 'S-1-5-21-1' };
  const world = runningWatch({
    whoReset: async () => {
      await world.timing.sleep(3_000);
      return { how: 'change' as const, by };
    },
  });
  const [ada] = [world.directory.add('ada'), world.directory.add('bob')];
  await world.rested();
  world.directory.reset(ada);
  world.timing.advance(2_000);
  await world.timing.sleeper((ms) => ms === 3_000);
  world.timing.advance(2_500);
  await world.timing.sleeper((ms) => ms === 2_000);
  expect(world.told).toMatchObject([{ how: 'unknown' }]);
  world.timing.advance(500);
  await world.nextLook();
  const [first, again, ...more] = world.told;
  expect(again).toEqual({ ...first, how: 'change', by });
  expect([more, world.asked]).toEqual([[], [1]]);
  await world.close();
});

it('is refused while the account can see nobody, and begins when it can see all', async () => {
  const world = runningWatch();
  world.directory.fault = new DirectoryFault('refused', 'dc1 shows the service account no other user.');
  const [ada] = [world.directory.add('ada'), world.directory.add('bob')];
  await world.rested();
  await world.nextLook();
  expect(world.health.map(({ state }) => state)).toEqual(['refused']);
  world.directory.fault = undefined;
  await world.nextLook();
  expect(world.told).toEqual([]);
  world.directory.reset(ada);
  await world.nextLook();
  expect(world.told).toMatchObject([{ user: { objectGuid: ada } }]);
  await world.close();
});

it('compares all users once it can see them again, because nobody knows since when it could not', async () => {
  const world = runningWatch();
  const [ada] = [world.directory.add('ada'), world.directory.add('bob')];
  await world.rested();
  const { usersSince } = world.directory;
  world.directory.usersSince = async function* () {
    // Shows nobody, and does not say so.
  };
  world.directory.reset(ada);
  expect(await world.nextLook()).toBe(500);
  world.directory.fault = new DirectoryFault('refused', 'dc1 shows the service account no other user.');
  await world.nextLook();
  world.directory.fault = new DirectoryFault('unreachable', 'dc1 does not answer.');
  await world.nextLook();
  Object.assign(world.directory, { usersSince, fault: undefined });
  await world.nextLook();
  expect(world.told).toMatchObject([{ user: { objectGuid: ada }, late: true }]);
  await world.close();
});

it('does not fail when the security log does', async () => {
  const world = runningWatch({
    whoReset: async () => {
      throw new DirectoryFault('refused', 'No rights.');
    },
  });
  const ada = world.directory.add('ada');
  await world.rested();
  world.directory.reset(ada);
  await world.nextLook();
  expect(world.told).toMatchObject([{ how: 'unknown' }]);
  await world.close();
});
