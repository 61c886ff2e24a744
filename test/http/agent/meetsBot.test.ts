import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createBotClient } from '../../../agent/bot/botClient';
import { createBotClock } from '../../../agent/bot/botClock';
import { createExchange } from '../../../agent/bot/exchange';
import { openIdentity } from '../../../agent/identity';
import { createFileSecrets } from '../../../agent/linux/fileSecrets';
import { createLog } from '../../../agent/log';
import { openJournal } from '../../../agent/orders/journal';
import { openQueue } from '../../../agent/queue/openQueue';
import { type AgentParts, runAgent } from '../../../agent/run/runAgent';
import { openAskedFile } from '../../../agent/sync/askedFile';
import { createDeltaSync } from '../../../agent/sync/deltaSync';
import { systemTiming } from '../../../agent/timing';
import type { WatchServices } from '../../../agent/watch/watchServices';
import { revokeAgent } from '../../../domain/agents/revokeAgent';
import { directoryOf, directoryUserOf, memorySecrets } from '../../helpers/agent/agentParts';
import { PUBLIC_URL } from '../../helpers/agent/agentSigner';
import { AgentTiming } from '../../helpers/agent/agentTiming';
import { READY } from '../../helpers/agent/deltaSyncs';
import { installWorld } from '../../helpers/agent/installWorld';
import { QUEUE_KEY } from '../../helpers/agent/queueEvents';
import { seesNothing } from '../../helpers/agent/runningAgent';
import { machine, reset, type ServingWorld, servingWorld, tess } from '../../helpers/bot/servingWorld';
import { eitherOf } from '../../helpers/process/eitherOf';

/** The real agent and the real endpoints. They share only the protocol. */
describe('the agent meets the bot', () => {
  const folder = mkdtempSync(join(tmpdir(), 'agent-meets-bot-'));
  const lines: string[] = [];
  const stop = new AbortController();
  /** The clock for the interval between delta syncs. The test moves it. */
  const timing = new AgentTiming();
  let watching: WatchServices | undefined;
  let cycles = 0;
  let world: ServingWorld;
  let running: Promise<void>;
  let parts: AgentParts;
  let agentId = '';

  beforeAll(async () => {
    world = await servingWorld();
    const identity = await openIdentity(memorySecrets());
    const exchange = createExchange({ server: world.bot.url });
    const clock = createBotClock(Date.now);
    const deps = { server: PUBLIC_URL, exchange, identity, clock };
    const token = await world.token();
    agentId = (await createBotClient(deps).enrol(token, machine())).agentId;
    // A lost answer: the same token and key again.
    expect((await createBotClient(deps).enrol(token, machine())).agentId).toBe(agentId);
    const log = createLog((line) => lines.push(line));
    const queue = await openQueue({ folder, key: QUEUE_KEY, log, now: clock.now });
    const users = Array.from({ length: 700 }, (_, n) => directoryUserOf(n));
    parts = {
      client: createBotClient({ ...deps, agentId }),
      clock,
      queue,
      journal: await openJournal({ folder: join(folder, 'orders'), log, now: clock.now }),
      log,
      timing: systemTiming,
      eventLog: { health: async () => ({ state: 'read' }) },
      deltaSyncs: createDeltaSync({
        connect: {
          look: async () => READY,
          startDelta: async () => void cycles++,
          waitUntilIdle: async () => true,
        },
        file: openAskedFile(join(folder, 'deltaSync.json')),
        append: (events) => queue.append(events),
        clock: timing,
        log,
        now: timing.now,
        sleep: timing.sleep,
      }),
      directory: {
        open: async () => directoryOf(users),
        watch: (services) => {
          watching = services;
          return seesNothing(services);
        },
      },
    };
    running = runAgent(parts, stop.signal);
  });
  afterAll(async () => {
    stop.abort();
    await running;
    await world.bot.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('they agree on the time, even if their clocks are far apart', async () => {
    await until(async () => (await world.stores.agents.get(agentId))?.value.health !== undefined);
    expect(Math.abs(parts.clock.now() - world.clock.now())).toBeLessThan(60_000);
    expect((await world.stores.agents.get(agentId))?.value.state).toBe('online');
  });

  test('each event arrives once, and 450 resets seen by two agents make two delta syncs', async () => {
    const resets = Array.from({ length: 450 }, (_, n) => reset(n + 1, world.clock.now()));
    await until(async () => watching !== undefined);
    await watching?.append(resets.map(({ seq: _seq, id: _id, ...event }) => event));
    watching?.askDeltaSync(450);
    await until(async () => cycles === 1 && parts.queue.waiting().events === 0);
    const orders = async () => (await world.stores.agentOrders.list({ limit: 100 })).items;
    expect(await orders()).toEqual([]);
    const other = await world.enrolled(machine('m2', 'DC2'));
    const stream = randomUUID();
    for (let n = 0; n < 450; n += 150) await other.asks.events({ stream, events: resets.slice(n, n + 150) });
    expect(await world.stores.events.count({ where: { customerId: 'contoso' } })).toBe(450);
    // Every order has reached the agent and waits there.
    await until(async () => timing.slept.length === (await orders()).length);
    expect(cycles).toBe(1);
    timing.advance(2 * 60_000);
    await until(async () => (await orders()).every(({ value }) => value.state === 'done'));
    expect((await orders()).map(({ value }) => value.agentId)).toContain(agentId);
    expect(cycles).toBe(2);
  });

  test('all users arrive', async () => {
    await until(
      async () =>
        (await world.stores.inventoryUploads.list({ limit: 1 })).items[0]?.value.finishedAt !== undefined,
    );
    expect((await world.stores.inventoryUploads.list({ limit: 1 })).items[0]?.value).toMatchObject({
      users: 700,
    });
  });

  test('a revoked agent sends nothing of what it sees', async () => {
    await until(async () => parts.queue.waiting().events === 0);
    await revokeAgent(world.bot.deps, tess, { agentId, requestId: 'revoke' });
    const { seq: _seq, id: _id, ...event } = reset(1000, world.clock.now());
    await parts.queue.append([event]);
    await until(async () => lines.some((line) => line.includes('was revoked')));
    expect(parts.queue.waiting().events).toBe(1);
  });
});

/** The real commands. They reach the bot at the address that the bot knows itself by. */
describe('a machine whose agent was revoked', () => {
  let machineOfAgent: Awaited<ReturnType<typeof installWorld>>;
  let world: ServingWorld;
  let front: Awaited<ReturnType<typeof eitherOf>>;
  beforeAll(async () => {
    let port = 0;
    front = await eitherOf(() => [port]);
    world = await servingWorld(undefined, `http://127.0.0.1:${front.port}`);
    port = Number(new URL(world.bot.url).port);
    machineOfAgent = await installWorld();
  });
  afterAll(async () => {
    await machineOfAgent.close();
    await front.close();
    await world.bot.stop();
  });
  const secrets = () => createFileSecrets(dirname(machineOfAgent.config));
  const install = async () => {
    const args = ['install', '--server', world.bot.deps.publicUrl];
    expect(await machineOfAgent.command(args, { installToken: await world.token() })).toBe(0);
    const [agent] = (await world.stores.agents.list({ limit: 9 })).items;
    return { id: agent?.id ?? '', key: agent?.value.publicKey.x, state: agent?.value.state };
  };

  test('comes back with a new install command as the same agent with a new key, and its old key no longer counts', async () => {
    const stolen = await install();
    const kept = await secrets().read('identityKey');
    world.clock.advance(1);
    await revokeAgent(world.bot.deps, tess, { agentId: stolen.id, requestId: 'revoke' });
    expect(await machineOfAgent.command(['repair'])).toBe(11);
    world.clock.advance(1);
    const back = await install();
    expect(back).toEqual({ id: stolen.id, key: expect.any(String), state: 'online' });
    expect(back.key).not.toBe(stolen.key);
    expect(await machineOfAgent.command(['repair'])).toBe(0);
    await secrets().write('identityKey', kept ?? Buffer.of());
    expect(await machineOfAgent.command(['repair'])).toBe(11);
  });
});

async function until(what: () => Promise<boolean>): Promise<void> {
  while (!(await what())) await new Promise((resolve) => setImmediate(resolve));
}
