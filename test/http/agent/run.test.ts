import { DirectoryFault } from '../../../agent/ports';
import type { WatchServices } from '../../../agent/watch/watchServices';
import { directoryUserOf } from '../../helpers/agent/agentParts';
import { numbered, numbersOf } from '../../helpers/agent/queueEvents';
import { retries, untilStopped, useRunningAgent } from '../../helpers/agent/runningAgent';

const HOUR = 60 * 60_000;

describe('a running agent', () => {
  const agent = useRunningAgent();
  const beating = (ms: number) => ms > 1000 && ms <= 30_000;

  test('beats at once and then every half minute, with what it knows', async () => {
    const world = await agent.opened();
    agent.run(world);
    const { bot, timing } = world;
    await bot.until(() => bot.beats.length === 1);
    await timing.sleeper(beating);
    timing.advance(30_000);
    await bot.until(() => bot.beats.length === 2);
    expect(bot.beats[1]).toMatchObject({
      waiting: { events: 0 },
      health: {
        directory: { state: 'notConfigured' },
        connect: { state: 'notInstalled' },
        eventLog: { state: 'none' },
      },
    });
  });

  test('sends an event as soon as it sees it, and forgets it when the bot has it', async () => {
    const world = await agent.opened();
    agent.run(world);
    const { bot, queue } = world;
    await queue.append([numbered(1), numbered(2)]);
    await queue.append([numbered(3)]);
    await bot.until(() => bot.told.length === 3);
    expect(numbersOf(bot.told)).toEqual([1, 2, 3]);
    await until(() => queue.waiting().events === 0);
  });

  test('sends 450 events, and long ones, in batches within the limits', async () => {
    const world = await agent.opened();
    const groups = Array.from({ length: 150 }, (_, n) => `CN=${'g'.repeat(3000)}${n},DC=contoso,DC=test`);
    const reset = {
      type: 'reset' as const,
      seenAt: 1,
      user: directoryUserOf(1, { memberOf: groups }),
      how: 'unknown' as const,
      mustChange: false,
      password: { pwdLastSet: '1' },
      changedAt: 1,
      times: 1,
      late: false,
    };
    const memberOf = Array.from({ length: 200 }, (_, n) => `CN=${n}${'g'.repeat(4000)}`);
    await world.queue.append([reset, reset, { ...reset, user: directoryUserOf(2, { memberOf }) }]);
    await world.queue.append(Array.from({ length: 450 }, (_, n) => numbered(n)));
    agent.run(world);
    const { bot } = world;
    await bot.until(() => bot.told.length === 453);
    // A request for each of the three long ones, the last of them cut to fit; the others go 200 at a time.
    expect(bot.paths.filter((path) => path.endsWith('events'))).toHaveLength(6);
    expect(JSON.stringify(bot.told[2]).length).toBeLessThan(512 * 1024);
    expect(bot.told.map(({ seq }) => seq)).toEqual(Array.from({ length: 453 }, (_, n) => n + 1));
  });

  test('waits longer each time while the bot is away, and then sends everything once and in order', async () => {
    const world = await agent.opened(retries);
    const { bot, queue, timing } = world;
    bot.refusing = 'tryLater';
    await queue.append([numbered(1), numbered(2)]);
    agent.run(world);
    await bot.until(() => bot.paths.filter((path) => path.endsWith('events')).length > 8);
    await queue.append([numbered(3)]);
    bot.refusing = undefined;
    await bot.until(() => bot.told.length === 3);
    expect(numbersOf(bot.told)).toEqual([1, 2, 3]);
    expect(timing.slept).toEqual(expect.arrayContaining([750, 1500, 3000, 6000, 12_000, 22_500]));
    expect(timing.slept.filter((ms) => ms === 22_500).length).toBeGreaterThan(1);
  });

  test('waits at least as long as the bot asks', async () => {
    const world = await agent.opened();
    const { bot, queue, timing } = world;
    const body = { error: 'tooMany', sentence: 'Slower.', now: Date.now() };
    await queue.append([numbered(1)]);
    bot.instead = Array.from({ length: 3 }, () => ({ status: 429, body, headers: { 'retry-after': '77' } }));
    agent.run(world);
    await bot.until(() => bot.paths.length >= 3);
    // The sender, and the part that waits for orders. Beats keep their half minute.
    await until(() => timing.slept.filter((ms) => ms === 77_000).length === 2);
    timing.advance(77_000);
    await bot.until(() => bot.told.length === 1);
  });

  test('repeats no event in the bot’s books after a lost answer', async () => {
    const world = await agent.opened(retries);
    agent.run(world);
    const { bot, queue } = world;
    bot.insteadOfEvents = ['lost', 'lost'];
    await queue.append([numbered(1), numbered(2)]);
    await until(() => queue.waiting().events === 0);
    expect(numbersOf(bot.told)).toEqual([1, 2]);
    expect(bot.paths.filter((path) => path.endsWith('events'))).toHaveLength(3);
  });

  test('reports an event that an older bot cannot read as lost, and sends the ones after it', async () => {
    const world = await agent.opened(retries);
    const { bot, queue } = world;
    bot.cannotRead = (event) => event.type === 'deltaSync' && event.resets === 7;
    await queue.append(Array.from({ length: 20 }, (_, n) => numbered(n)));
    agent.run(world);
    await until(() => queue.waiting().events === 0);
    expect(bot.told.map(({ seq }) => seq)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(bot.told.filter(({ type }) => type === 'dropped')).toMatchObject([{ seq: 8, count: 1 }]);
  });

  test('forgets nothing when a bot refuses even that', async () => {
    const world = await agent.opened(retries);
    const { bot, queue } = world;
    bot.cannotRead = () => true;
    await queue.append([numbered(1), numbered(2)]);
    agent.run(world);
    await bot.until(() => bot.paths.filter((path) => path.endsWith('events')).length > 12);
    expect(queue.waiting().events).toBe(2);
    bot.cannotRead = () => false;
    await bot.until(() => bot.told.length === 2);
    expect(numbersOf(bot.told)).toEqual([1, 2]);
  });

  test('believes a bot that says it already has the first ones', async () => {
    const world = await agent.opened(retries);
    agent.run(world);
    const { bot, queue } = world;
    const body = { error: 'order', sentence: 'Another one.', now: Date.now(), expected: 3 };
    bot.insteadOfEvents = [{ status: 409, body }];
    bot.stream = { id: queue.stream, seq: 2 };
    await queue.append([numbered(1), numbered(2), numbered(3)]);
    await until(() => queue.waiting().events === 0);
    expect(numbersOf(bot.told)).toEqual([3]);
  });

  test('sends everything again from 1, in another stream, to a bot that lost its books', async () => {
    const world = await agent.opened(retries);
    agent.run(world);
    const { bot, queue } = world;
    await queue.append([numbered(1)]);
    await bot.until(() => bot.told.length === 1);
    const { stream } = queue;
    bot.stream = { id: '', seq: 0 };
    await queue.append([numbered(2)]);
    await bot.until(() => bot.told.length === 2);
    expect(bot.told[1]).toMatchObject({ seq: 1, resets: 2 });
    expect(queue.stream).not.toBe(stream);
  });

  test('says once that it is revoked, sends nothing, keeps what it sees, and asks again every hour', async () => {
    const world = await agent.opened(retries);
    const { bot, queue, timing, lines } = world;
    bot.refusing = 'revoked';
    agent.run(world);
    await timing.sleeper((ms) => ms > HOUR / 2);
    await queue.append([numbered(1)]);
    const before = bot.paths.length;
    timing.advance(HOUR);
    await bot.until(() => bot.paths.length > before);
    expect(bot.paths.slice(before)).toEqual(['/agents/v1/beat']);
    expect(lines.filter((line) => line.includes('was revoked'))).toHaveLength(1);
    expect(queue.waiting().events).toBe(1);
    bot.refusing = undefined;
    await timing.sleeper((ms) => ms > HOUR / 2);
    timing.advance(HOUR);
    await bot.until(() => bot.told.length === 1);
  });

  test('starts a failed part again, and no other part fails with it', async () => {
    const world = await agent.opened(retries);
    let watches = 0;
    const watch = async (services: WatchServices) => {
      watches += 1;
      if (watches < 4) throw new TypeError('the watch fell over');
      services.tellHealth({ state: 'reading', domain: 'contoso.test' });
      await services.append([numbered(7)]);
      services.askDeltaSync(1);
      await untilStopped(services);
    };
    const open = async () => {
      throw new DirectoryFault('unreachable', 'The domain controller does not answer.');
    };
    agent.run(world, { directory: { open, watch } });
    const { bot, lines, timing } = world;
    await bot.until(() => bot.told.length === 1);
    await timing.sleeper(beating);
    timing.advance(30_000);
    await bot.until(() => bot.beats.at(-1)?.health.directory.state === 'reading');
    expect(lines.filter((line) => line.includes('"part":"watch"'))).toHaveLength(3);
    expect(lines.join()).toContain('The domain controller does not answer.');
    expect(lines.join()).not.toContain('the watch fell over');
  });

  test('stops cleanly in the middle of its work', async () => {
    const closed: string[] = [];
    const world = await agent.opened();
    const deltaSyncs = {
      ...world.parts.deltaSyncs,
      ask: () => new Promise<never>(() => undefined),
      close: async () => void closed.push('deltaSyncs'),
    };
    world.bot.commands = [{ id: 'c1', verb: 'deltaSync', expiresAt: world.parts.clock.now() + HOUR }];
    agent.run(world, { deltaSyncs });
    await world.timing.sleeper((ms) => ms === 2000);
    await agent.stop();
    expect(closed).toEqual(['deltaSyncs']);
    expect(world.lines.at(-1)).toContain('the agent has stopped');
    await expect(world.queue.append([numbered(1)])).resolves.toBeUndefined();
  });
});

/** Looks again after everything else that is ready has run. */
async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => setImmediate(resolve));
}
