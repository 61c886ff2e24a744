import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUnreadUsers } from '../../../agent/directory/unreadUsers';
import { DirectoryFault, type ResetLog, type WatchServices } from '../../../agent/ports';
import { createWatch } from '../../../agent/watch/runWatch';
import type { NewAgentEvent } from '../../../domain/agentProtocol/agentEvent';
import { MemoryDirectory } from '../../../sandbox/directory/memoryDirectory';
import { AgentTiming } from '../../helpers/agentTiming';
import { quietLog } from '../../helpers/watchWorld';

const isPause = (ms: number) => ms !== 2_500;

function watchWorld(resetLog: ResetLog = { whoReset: async () => undefined }) {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-watch-'));
  const timing = new AgentTiming();
  const directory = new MemoryDirectory(timing.now);
  const told: NewAgentEvent[] = [];
  const asked: number[] = [];
  const health: Parameters<WatchServices['tellHealth']>[0][] = [];
  const stop = new AbortController();
  const watch = createWatch({ openDirectory: async () => directory, resetLog, folder, timing });
  const running = watch({
    append: async (events) => void told.push(...events),
    unread: createUnreadUsers(() => undefined, quietLog),
    askDeltaSync: (resets) => void asked.push(resets),
    tellHealth: (state) => void health.push(state),
    clock: timing,
    log: quietLog,
    signal: stop.signal,
  });
  return {
    timing,
    directory,
    told,
    asked,
    health,
    running,
    /** Until it rests; how long it means to. */
    async rested() {
      await timing.sleeper(isPause);
      return timing.slept.filter(isPause).at(-1);
    },
    /** As long as it means to, to the moment. */
    async rest() {
      timing.advance((await this.rested()) ?? 0);
      await this.rested();
    },
    async nextLook() {
      timing.advance(60_000);
      return this.rested();
    },
    async close() {
      stop.abort();
      await running;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

it('tells resets, asks for a delta sync and says once that it reads', async () => {
  const world = watchWorld();
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

it('asks for the highest USN four times a second, and reads users only when it moved', async () => {
  const world = watchWorld();
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

it('reads users twice a second at most at a controller whose USN moves all the time, and still tells a reset', async () => {
  const world = watchWorld();
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

it('leaves a controller that takes long alone for as long, up to two seconds', async () => {
  const world = watchWorld();
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

it('looks at all again after ten seconds without any change, and at once when the USN went back', async () => {
  const world = watchWorld();
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

it('looks ever more seldom while the directory is away, says so once, and finds what happened', async () => {
  const world = watchWorld();
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

it('does not wait for a log that does not answer', async () => {
  const world = watchWorld({ whoReset: () => new Promise(() => undefined) });
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

it('tells a reset again with who did it, when the log took longer to say so', async () => {
  const by = { name: 'eve', domain: 'CONTOSO', sid: 'S-1-5-21-1' };
  const world = watchWorld({
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

it('is refused while the account is shown nobody, and begins when it is shown all', async () => {
  const world = watchWorld();
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

it('compares all users once it is shown them again: nobody knows since when it was not', async () => {
  const world = watchWorld();
  const [ada] = [world.directory.add('ada'), world.directory.add('bob')];
  await world.rested();
  const { usersSince } = world.directory;
  world.directory.usersSince = async function* () {
    // Shows nobody, and says no word about it.
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

it('does not fail for a log that does', async () => {
  const world = watchWorld({
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
