import { DirectoryFault, type WatchServices } from '../../agent/ports';
import { type AgentParts, runAgent } from '../../agent/run/runAgent';
import type { AgentCommand } from '../../domain/agentProtocol/messages';
import { directoryOf, directoryUserOf, type RunWorld, runWorld } from '../helpers/agentParts';
import { numbered, numbersOf } from '../helpers/queueEvents';

const HOUR = 60 * 60_000;

describe('a running agent', () => {
  let world: RunWorld;
  let stop: AbortController;
  let running: Promise<void>;
  const start = async (passes: (ms: number) => boolean = () => false, more: Partial<AgentParts> = {}) => {
    world = await runWorld({ passes });
    run(more);
  };
  const run = (more: Partial<AgentParts> = {}) => {
    stop = new AbortController();
    running = runAgent({ ...world.parts, ...more }, stop.signal);
  };
  afterEach(async () => {
    stop.abort();
    await running;
    await world.close();
  });
  /** Waits between two tries pass at once; beats and whole days do not. */
  const retries = (ms: number) => ms < 29_000;
  const later = () => world.parts.clock.now() + HOUR;
  const command = (id: string, more: Partial<Omit<AgentCommand, 'verb'> & { verb: string }> = {}) => ({
    id,
    verb: 'deltaSync',
    expiresAt: later(),
    ...more,
  });
  const beating = (ms: number) => ms > 1000 && ms <= 30_000;

  test('beats at once and every half minute, with what it knows', async () => {
    await start();
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

  test('tells an event as soon as it is seen, and forgets it when the bot has it', async () => {
    await start();
    const { bot, queue } = world;
    await queue.append([numbered(1), numbered(2)]);
    await queue.append([numbered(3)]);
    await bot.until(() => bot.told.length === 3);
    expect(numbersOf(bot.told)).toEqual([1, 2, 3]);
    await until(() => queue.waiting().events === 0);
  });

  test('450 events and long ones go in batches within the limits', async () => {
    world = await runWorld();
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
    run();
    const { bot } = world;
    await bot.until(() => bot.told.length === 453);
    // One each of the three long ones, the last cut to what a request may hold; the others 200 at a time.
    expect(bot.paths.filter((path) => path.endsWith('events'))).toHaveLength(6);
    expect(JSON.stringify(bot.told[2]).length).toBeLessThan(512 * 1024);
    expect(bot.told.map(({ seq }) => seq)).toEqual(Array.from({ length: 453 }, (_, n) => n + 1));
  });

  test('while the bot is away it waits longer each time, and then tells everything once and in order', async () => {
    world = await runWorld({ passes: retries });
    const { bot, queue, timing } = world;
    bot.refusing = 'tryLater';
    await queue.append([numbered(1), numbered(2)]);
    run();
    await bot.until(() => bot.paths.filter((path) => path.endsWith('events')).length > 8);
    await queue.append([numbered(3)]);
    bot.refusing = undefined;
    await bot.until(() => bot.told.length === 3);
    expect(numbersOf(bot.told)).toEqual([1, 2, 3]);
    expect(timing.slept).toEqual(expect.arrayContaining([750, 1500, 3000, 6000, 12_000, 22_500]));
    expect(timing.slept.filter((ms) => ms === 22_500).length).toBeGreaterThan(1);
  });

  test('waits no shorter than the bot asks', async () => {
    world = await runWorld();
    const { bot, queue, timing } = world;
    const body = { error: 'tooMany', sentence: 'Slower.', now: Date.now() };
    await queue.append([numbered(1)]);
    bot.instead = Array.from({ length: 3 }, () => ({ status: 429, body, headers: { 'retry-after': '77' } }));
    run();
    await timing.sleeper((ms) => ms === 77_000);
    await bot.until(() => bot.paths.length >= 3);
    timing.advance(77_000);
    await bot.until(() => bot.told.length === 1);
  });

  test('an answer that was lost tells nothing twice', async () => {
    await start(retries);
    const { bot, queue } = world;
    bot.insteadOfEvents = ['lost', 'lost'];
    await queue.append([numbered(1), numbered(2)]);
    await until(() => queue.waiting().events === 0);
    expect(numbersOf(bot.told)).toEqual([1, 2]);
    expect(bot.paths.filter((path) => path.endsWith('events'))).toHaveLength(3);
  });

  test('a bot that already has the first ones and says so is believed', async () => {
    await start(retries);
    const { bot, queue } = world;
    const body = { error: 'order', sentence: 'Another one.', now: Date.now(), expected: 3 };
    bot.insteadOfEvents = [{ status: 409, body }];
    bot.stream = { id: queue.stream, seq: 2 };
    await queue.append([numbered(1), numbered(2), numbered(3)]);
    await until(() => queue.waiting().events === 0);
    expect(numbersOf(bot.told)).toEqual([3]);
  });

  test('a bot that lost its books is told again from 1, in another stream', async () => {
    await start(retries);
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

  test('revoked, it says so once, sends nothing, keeps what it sees, and asks again every hour', async () => {
    world = await runWorld({ passes: retries });
    const { bot, queue, timing, lines } = world;
    bot.refusing = 'revoked';
    run();
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

  test('carries a command out once, however often it comes, and reports it', async () => {
    let runs = 0;
    world = await runWorld({ passes: retries });
    const { bot } = world;
    const deltaSyncs = {
      ...world.parts.deltaSyncs,
      ask: async ({ commandId }: { commandId?: string }) => {
        runs += 1;
        return { outcome: 'ran' as const, finding: `A delta sync ran for ${commandId}.` };
      },
    };
    bot.commands = [command('c1')];
    run({ deltaSyncs });
    await bot.until(() => bot.reports.length === 1);
    bot.commands = [command('c1')];
    await bot.until(() => bot.reports.length === 2);
    expect(runs).toBe(1);
    const report = { id: 'c1', outcome: 'done', finding: 'A delta sync ran for c1.' };
    expect(bot.reports).toEqual([report, report]);
  });

  test('does not carry out what is too late, unknown or impossible, and says which', async () => {
    let runs = 0;
    world = await runWorld({ passes: retries });
    const { bot, parts } = world;
    const deltaSyncs = {
      ...parts.deltaSyncs,
      ask: async () => {
        runs += 1;
        return { outcome: 'staging' as const, finding: 'The server is in staging mode.' };
      },
    };
    bot.skewMs = 24 * HOUR;
    const tomorrow = bot.now();
    bot.commands = [
      command('late', { expiresAt: tomorrow - 1 }),
      command('new', { verb: 'dance', expiresAt: tomorrow + HOUR }),
      command('users', { verb: 'inventory', expiresAt: tomorrow + HOUR }),
      command('sync', { expiresAt: tomorrow + HOUR }),
    ];
    run({ deltaSyncs });
    await bot.until(() => bot.reports.length === 4);
    expect(new Map(bot.reports.map(({ id, outcome }) => [id, outcome]))).toEqual(
      new Map([
        ['late', 'expired'],
        ['new', 'unknownVerb'],
        ['users', 'failed'],
        ['sync', 'failed'],
      ]),
    );
    expect(bot.reports.find(({ id }) => id === 'sync')?.finding).toBe('The server is in staging mode.');
    expect(runs).toBe(1);
  });

  test('tells all users at its start, compressed, and again those pages that the bot lacks', async () => {
    world = await runWorld({ passes: retries });
    const { bot } = world;
    const users = Array.from({ length: 1201 }, (_, n) => directoryUserOf(n));
    let lacking = [2];
    bot.missing = () => lacking.splice(0);
    const seen = directoryOf(users);
    run({ directory: { open: async () => seen, watch: untilStopped } });
    await bot.until(() => bot.pages.length === 4);
    expect(bot.pages.map(({ page, last }) => [page, last])).toEqual([
      [1, false],
      [2, false],
      [3, true],
      [2, false],
    ]);
    expect(bot.pages[3]).toEqual(bot.pages[1]);
    expect(bot.pages.slice(0, 3).flatMap((page) => page.users)).toEqual(users);
    lacking = [];
    bot.commands = [command('c1', { verb: 'inventory' })];
    await bot.until(() => bot.reports.length === 1);
    expect(bot.reports[0]).toMatchObject({ outcome: 'done', finding: '1201 users were told.' });
    expect(new Set(bot.pages.map(({ snapshot }) => snapshot)).size).toBe(2);
  });

  test('a directory without users is told as one empty page', async () => {
    world = await runWorld({ passes: retries });
    run({ directory: { open: async () => directoryOf([]), watch: untilStopped } });
    await world.bot.until(() => world.bot.pages.length === 1);
    expect(world.bot.pages[0]).toMatchObject({ page: 1, last: true, users: [] });
  });

  test('a part that fails is started again and takes no other with it', async () => {
    world = await runWorld({ passes: retries });
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
    run({ directory: { open, watch } });
    const { bot, lines, timing } = world;
    await bot.until(() => bot.told.length === 1);
    await timing.sleeper(beating);
    timing.advance(30_000);
    await bot.until(() => bot.beats.at(-1)?.health.directory.state === 'reading');
    expect(lines.filter((line) => line.includes('"part":"watch"'))).toHaveLength(3);
    expect(lines.join()).toContain('The domain controller does not answer.');
    expect(lines.join()).not.toContain('the watch fell over');
  });

  test('stops cleanly in the middle of everything', async () => {
    const closed: string[] = [];
    world = await runWorld();
    const deltaSyncs = {
      ...world.parts.deltaSyncs,
      ask: () => new Promise<never>(() => undefined),
      close: async () => void closed.push('deltaSyncs'),
    };
    world.bot.commands = [command('c1')];
    run({ deltaSyncs });
    await world.timing.sleeper((ms) => ms === 2000);
    stop.abort();
    await running;
    expect(closed).toEqual(['deltaSyncs']);
    expect(world.lines.at(-1)).toContain('the agent has stopped');
    await expect(world.queue.append([numbered(1)])).resolves.toBeUndefined();
  });
});

/** Looks again after everything else that is ready has run. */
async function until(what: () => boolean): Promise<void> {
  while (!what()) await new Promise((resolve) => setImmediate(resolve));
}

const untilStopped = ({ signal }: Pick<WatchServices, 'signal'>) =>
  new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()));
