import type { WatchServices } from '../../../agent/watch/watchServices';
import { directoryOf, type RunWorld } from '../../helpers/agent/agentParts';
import { numbered } from '../../helpers/agent/queueEvents';
import { untilStopped, useRunningAgent } from '../../helpers/agent/runningAgent';

const HOUR = 60 * 60_000;
const BEAT = 30_000;
const soon = (ms: number) => ms <= 1000;
const whole = (ms: number) => ms > 5000 && ms <= BEAT;

describe('the beats of an agent', () => {
  const agent = useRunningAgent();

  /** An agent that only beats, and what its watch can say. */
  async function beating(more: Partial<RunWorld['parts']> = {}, onItsWay = (): void => undefined) {
    const world = await agent.opened();
    const { bot, timing, parts } = world;
    let services: WatchServices | undefined;
    const watch = (given: WatchServices) => {
      services = given;
      return untilStopped(given);
    };
    const commands = (_body: object, signal?: AbortSignal) =>
      new Promise<never>((_, stop) => signal?.addEventListener('abort', () => stop(signal.reason)));
    const beat: typeof parts.client.beat = (body, signal) => {
      onItsWay();
      return parts.client.beat(body, signal);
    };
    const client = { ...parts.client, commands, beat };
    agent.run(world, { client, directory: { open: async () => directoryOf([]), watch }, ...more });
    return {
      ...world,
      says: (state: 'reading' | 'unreachable') => services?.tellHealth({ state }),
      watch: () => services,
      beats: () => bot.beats.length,
      told: () => bot.beats.at(-1)?.health,
      /** Lets the next ordinary beat come. */
      async next() {
        const before = bot.beats.length;
        await timing.sleeper(whole);
        timing.advance(BEAT);
        await bot.until(() => bot.beats.length === before + 1);
      },
      /** Waits for an early beat. */
      async early() {
        const before = bot.beats.length;
        await timing.sleeper(soon);
        timing.advance(1000);
        await bot.until(() => bot.beats.length === before + 1);
      },
    };
  }

  test('go on while a look at Microsoft Entra Connect never ends', async () => {
    const deltaSyncs = {
      ask: async () => ({ outcome: 'ran' as const, finding: '' }),
      health: () => new Promise<never>(() => undefined),
      close: async () => undefined,
    };
    const its = await beating({ deltaSyncs });
    await its.timing.sleeper((ms) => ms === 5000);
    expect(its.beats()).toBe(0);
    its.timing.advance(5000);
    await its.bot.until(() => its.beats() === 1);
    await its.next();
    await its.next();
    expect(its.told()?.connect).toEqual({ state: 'unknown' });
  });

  test('tell at once that the directory can be read', async () => {
    const its = await beating();
    await its.timing.sleeper(whole);
    expect(its.told()?.directory.state).toBe('starting');
    its.says('reading');
    await its.early();
    expect(its.told()?.directory.state).toBe('reading');
  });

  test('lose no change that comes during a beat', async () => {
    let onItsWay = (): void => undefined;
    const its = await beating({}, () => onItsWay());
    await its.timing.sleeper(whole);
    onItsWay = () => its.says('reading');
    its.timing.advance(BEAT);
    await its.bot.until(() => its.beats() === 2);
    expect(its.told()?.directory.state).toBe('starting');
    await its.early();
    expect(its.told()?.directory.state).toBe('reading');
  });

  test('tell a state that gets worse, or comes and goes, at their ordinary time', async () => {
    const its = await beating();
    its.says('reading');
    await its.timing.sleeper(whole);
    await its.next();
    const before = its.beats();
    for (let n = 0; n < 10; n++) {
      its.says('unreachable');
      its.timing.advance(1000);
      its.says('reading');
      its.timing.advance(1000);
    }
    // An event is on its way to the bot: a beat that began before has arrived, too.
    await its.queue.append([numbered(1)]);
    await its.bot.until(() => its.bot.told.length === 1);
    expect(its.beats()).toBe(before);
    its.says('unreachable');
    await its.timing.sleeper(whole);
    its.timing.advance(10_000);
    await its.bot.until(() => its.beats() === before + 1);
    expect(its.told()?.directory.state).toBe('unreachable');
    its.says('reading');
    await its.next();
    expect(its.beats()).toBe(before + 2);
  });

  test('tell the end of a long trouble at once', async () => {
    const its = await beating();
    await its.timing.sleeper(whole);
    its.says('unreachable');
    await its.early();
    await its.next();
    its.says('reading');
    await its.early();
    expect(its.told()?.directory.state).toBe('reading');
  });

  test('tell at once that a delta sync has ended, and the state of Microsoft Entra Connect', async () => {
    let health: { state: 'suspended' | 'ready'; lastRunAt?: number } = { state: 'suspended' };
    const deltaSyncs = {
      ask: async () => {
        health = { state: 'ready', lastRunAt: 5 };
        return { outcome: 'ran' as const, finding: '' };
      },
      health: async () => health,
      close: async () => undefined,
    };
    const its = await beating({ deltaSyncs });
    await its.timing.sleeper(whole);
    expect(its.told()?.connect).toEqual({ state: 'suspended' });
    its.watch()?.askDeltaSync(1);
    await its.early();
    expect(its.told()?.connect).toEqual({ state: 'ready', lastRunAt: 5 });
  });

  test('come at no other time while the agent is revoked', async () => {
    const its = await beating();
    await its.timing.sleeper(whole);
    its.bot.refusing = 'revoked';
    its.timing.advance(BEAT);
    await its.timing.sleeper((ms) => ms > HOUR / 2 && ms <= HOUR);
    const [asked, slept] = [its.bot.paths.length, its.timing.slept.length];
    its.says('reading');
    for (let turn = 0; turn < 10; turn++) await new Promise(setImmediate);
    expect([its.bot.paths.length, its.timing.slept.length]).toEqual([asked, slept]);
  });
});
