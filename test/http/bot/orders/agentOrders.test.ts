import type { AgentCommand } from '../../../../domain/agentProtocol/messages';
import type { RunWorld } from '../../../helpers/agent/agentParts';
import { directoryOf, directoryUserOf } from '../../../helpers/agent/agentParts';
import { retries, seesNothing, useRunningAgent } from '../../../helpers/agent/runningAgent';

const HOUR = 60 * 60_000;

describe('what the bot orders of a running agent', () => {
  const agent = useRunningAgent();
  const command = (
    { parts }: RunWorld,
    id: string,
    more: Partial<Omit<AgentCommand, 'verb'> & { verb: string }> = {},
  ) => ({
    id,
    verb: 'deltaSync',
    expiresAt: parts.clock.now() + HOUR,
    ...more,
  });

  test('is done once, however often the order comes, and reported', async () => {
    let runs = 0;
    const world = await agent.opened(retries);
    const { bot } = world;
    const deltaSyncs = {
      ...world.parts.deltaSyncs,
      ask: async ({ commandId }: { commandId?: string }) => {
        runs += 1;
        return { outcome: 'ran' as const, finding: `A delta sync ran for ${commandId}.` };
      },
    };
    bot.commands = [command(world, 'c1')];
    agent.run(world, { deltaSyncs });
    await bot.until(() => bot.reports.length === 1);
    bot.commands = [command(world, 'c1')];
    await bot.until(() => bot.reports.length === 2);
    expect(runs).toBe(1);
    const report = { id: 'c1', outcome: 'done', finding: 'A delta sync ran for c1.' };
    expect(bot.reports).toEqual([report, report]);
  });

  test('is not urgent when a delta sync follows resets, and urgent when a person wants it', async () => {
    const asked: object[] = [];
    const world = await agent.opened(retries);
    const { bot, parts } = world;
    const deltaSyncs = {
      ...parts.deltaSyncs,
      ask: async (request: object) => {
        asked.push(request);
        return { outcome: 'ran' as const, finding: 'A delta sync ran.' };
      },
    };
    bot.commands = [command(world, 'c1', { recordId: 'reset|1' }), command(world, 'c2')];
    agent.run(world, { deltaSyncs });
    await bot.until(() => bot.reports.length === 2);
    expect(asked).toEqual([
      { resets: 0, commandId: 'c1', urgent: false },
      { resets: 0, commandId: 'c2', urgent: true },
    ]);
  });

  test('is not done when it is too late, unknown or impossible, and the report says which', async () => {
    let runs = 0;
    const world = await agent.opened(retries);
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
      command(world, 'late', { expiresAt: tomorrow - 1 }),
      command(world, 'new', { verb: 'dance', expiresAt: tomorrow + HOUR }),
      command(world, 'users', { verb: 'inventory', expiresAt: tomorrow + HOUR }),
      command(world, 'sync', { expiresAt: tomorrow + HOUR }),
    ];
    agent.run(world, { deltaSyncs });
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
    const world = await agent.opened(retries);
    const { bot } = world;
    const users = Array.from({ length: 1201 }, (_, n) => directoryUserOf(n));
    let lacking = [2];
    bot.missing = () => lacking.splice(0);
    const seen = directoryOf(users);
    agent.run(world, { directory: { open: async () => seen, watch: seesNothing } });
    await bot.until(() => bot.pages.length === 4);
    expect(bot.pages.map(({ page, last }) => [page, last])).toEqual([
      [1, false],
      [2, false],
      [3, true],
      [2, false],
    ]);
    expect(bot.pages[3]).toEqual(bot.pages[1]);
    expect(bot.pages.slice(0, 3).flatMap((page) => page.users.read)).toEqual(users);
    lacking = [];
    bot.commands = [command(world, 'c1', { verb: 'inventory' })];
    await bot.until(() => bot.reports.length === 1);
    expect(bot.reports[0]).toMatchObject({ outcome: 'done', finding: '1201 users were reported.' });
    expect(new Set(bot.pages.map(({ snapshot }) => snapshot)).size).toBe(2);
  });

  test('a directory without users is told as one empty page', async () => {
    const world = await agent.opened(retries);
    agent.run(world, { directory: { open: async () => directoryOf([]), watch: seesNothing } });
    await world.bot.until(() => world.bot.pages.length === 1);
    expect(world.bot.pages[0]).toMatchObject({ page: 1, last: true, users: { read: [] } });
  });
});
