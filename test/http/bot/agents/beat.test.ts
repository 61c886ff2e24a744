import { OFFLINE_AFTER_MS } from '../../../../domain/agents/agent';
import { listAgents } from '../../../../domain/agents/listAgents';
import { removeCustomer } from '../../../../domain/customers/removeCustomer';
import {
  allOf,
  beatOf,
  HEALTH,
  type Instance,
  machine,
  startInstance,
  tess,
} from '../../../helpers/bot/servingWorld';
import { useAgent, useServing } from '../../../helpers/bot/useServing';
import { actor } from '../../../helpers/cloud/signInWorld';

const world = useServing();
const agent = useAgent(world);

const facts = async () =>
  (await world.stores.events.list({ limit: 100, sort: { key: 'at' } })).items.map(({ value }) => value.facts);
const activeDirectory = async () =>
  (await world.stores.customers.get('contoso'))?.value.activeDirectory.state;
/** Lets time pass; each bot looks every ten seconds. */
async function pass(ms: number, bots: Instance[] = [world.bot]): Promise<void> {
  for (let passed = 0; passed < ms; passed += 10_000) {
    world.clock.advance(10_000);
    await Promise.all(bots.map((bot) => bot.chore('silent agents')));
  }
}

describe('a beat', () => {
  it('is kept, with the health that it tells', async () => {
    world.clock.advance(1_000);
    const beat = beatOf({ version: '0.2.0', skewMs: -3, waiting: { events: 2, oldestAt: 5 } });
    expect((await agent.asks.beat(beat)).body).toEqual({
      protocol: 1,
      now: world.clock.now(),
      customer: 'Contoso',
    });
    const [listed] = await listAgents(world.bot.deps, tess, 'contoso');
    expect(listed?.value).toMatchObject({ ...beat, lastBeatAt: world.clock.now(), state: 'online' });
    expect(await facts()).toEqual([]);
  });

  it('tells once that users cannot be read, again when they are ten times as many, and when it begins anew', async () => {
    const beats = async (directory: object) => {
      world.clock.advance(1_000);
      const health = { ...HEALTH, directory: { ...HEALTH.directory, ...directory } };
      await agent.asks.beat(beatOf({ health: health as typeof HEALTH }));
    };
    for (const unreadUsers of [1, 9, 10, 12]) await beats({ unreadUsers });
    await beats({ state: 'starting' });
    await beats({ unreadUsers: 11 });
    await beats({});
    await beats({ unreadUsers: -1 });
    await beats({ unreadUsers: 2 });
    expect((await facts()).map((fact) => 'finding' in fact && fact.finding.slice(0, 48))).toEqual([
      expect.stringMatching(/^1 user in Active Directory cannot be read/),
      expect.stringMatching(/^10 users in Active Directory cannot be read/),
      expect.stringMatching(/^2 users in Active Directory cannot be read/),
    ]);
  });

  it('tells once what became worse, and again when it becomes worse again', async () => {
    const directory = { state: 'unreachable', finding: 'DC1 does not answer.' } as const;
    const beats = async (health: object) => {
      world.clock.advance(1_000);
      await agent.asks.beat(beatOf({ health: { ...HEALTH, ...health } }));
    };
    await beats({ directory });
    await beats({ directory });
    await beats({ directory: { state: 'starting' } });
    await beats({ directory, connect: { state: 'suspended', finding: 'It is suspended.' } });
    await beats({});
    await beats({ directory });
    expect(await facts()).toEqual(
      ['DC1 does not answer.', 'It is suspended.', 'DC1 does not answer.'].map((finding) => ({
        kind: 'connectionDegraded',
        finding,
        saidBy: 'DC1',
      })),
    );
  });
});

describe('a beat that only asks whether the bot knows the agent', () => {
  it('learns the customer and changes nothing, even for an offline agent', async () => {
    await pass(120_000);
    const { agentRequests: _before, ...before } = await allOf(world.stores);
    expect(await agent.asks.beat({ version: '0.2.0', skewMs: 3 })).toMatchObject({
      status: 200,
      body: { customer: 'Contoso' },
    });
    const { agentRequests, ...after } = await allOf(world.stores);
    expect(after).toEqual(before);
    expect(agentRequests).toHaveLength(1);
  });
});

describe('a beat of an agent', () => {
  const directory = { state: 'notConfigured', finding: 'It was installed without one.' } as const;
  const connect = async () => (await world.stores.agents.get(agent.id))?.value.health?.connect;

  it('without a directory: tells nothing on the server of Microsoft Entra Connect, and what to do elsewhere', async () => {
    await agent.asks.beat(beatOf({ health: { ...HEALTH, directory } }));
    expect(await facts()).toEqual([]);
    await agent.asks.beat(beatOf({ health: { ...HEALTH, directory, connect: { state: 'notInstalled' } } }));
    expect(await facts()).toEqual([
      { kind: 'connectionDegraded', finding: 'It was installed without one.', saidBy: 'DC1' },
    ]);
  });

  it('before its first look at Microsoft Entra Connect leaves the known state', async () => {
    await agent.asks.beat(beatOf());
    await agent.asks.beat(beatOf({ health: { ...HEALTH, connect: { state: 'unknown' } } }));
    expect(await connect()).toEqual({ state: 'ready' });
    const hangs = { state: 'unknown', finding: 'It did not answer in time.' } as const;
    await agent.asks.beat(beatOf({ health: { ...HEALTH, connect: hangs } }));
    expect(await connect()).toEqual(hangs);
    expect(await facts()).toHaveLength(1);
  });
});

describe('an agent that falls silent', () => {
  it('is told to be offline once, by one instance of many, and to be back once', async () => {
    const second = await startInstance(world.stores, world.clock, world.random);
    const bots = [world.bot, second];
    const lastBeatAt = world.clock.now();
    await pass(OFFLINE_AFTER_MS - 10_000, bots);
    expect([await facts(), await activeDirectory()]).toEqual([[], 'online']);
    await pass(300_000, bots);
    expect(await activeDirectory()).toBe('offline');
    const offline = {
      kind: 'agentOffline',
      agentId: agent.id,
      agentName: 'DC1',
      since: lastBeatAt,
      waiting: 0,
    };
    expect(await facts()).toEqual([offline]);
    await Promise.all([agent.asks.beat(beatOf()), agent.at(second).beat(beatOf({ waiting: { events: 4 } }))]);
    await agent.asks.beat(beatOf());
    expect(await activeDirectory()).toBe('online');
    expect(await facts()).toEqual([
      offline,
      expect.objectContaining({ kind: 'agentBack', agentId: agent.id, offlineSince: lastBeatAt }),
    ]);
    await second.stop();
  });

  it('does not make its customer offline while another agent is online', async () => {
    const other = await world.enrolled(machine('m2', 'DC2'));
    await pass(60_000);
    await other.asks.beat(beatOf());
    await pass(60_000);
    expect(await facts()).toMatchObject([{ kind: 'agentOffline', agentName: 'DC1' }]);
    expect(await activeDirectory()).toBe('online');
  });

  it('is not blamed for a bot that was away itself', async () => {
    await pass(60_000);
    world.clock.advance(3_600_000);
    await pass(80_000);
    expect(await facts()).toEqual([]);
    await agent.asks.beat(beatOf());
    await pass(60_000);
    expect(await facts()).toEqual([]);
  });

  it('is not mentioned when its customer was removed', async () => {
    const request = { customerId: 'contoso', typedName: 'Contoso', requestId: 'remove' };
    await removeCustomer(world.bot.deps, actor('ada', 'admin'), request);
    await pass(300_000);
    expect(await facts()).toEqual([]);
  });

  it('is told although the instance that noticed it died in between', async () => {
    const { insert } = world.bot.deps.stores.events;
    const dies = async () => Promise.reject(new TypeError('killed'));
    Object.assign(world.bot.deps.stores.events, { insert: dies });
    await pass(100_000);
    await expect(pass(10_000)).rejects.toThrow('killed');
    Object.assign(world.bot.deps.stores.events, { insert });
    expect((await world.stores.agents.get(agent.id))?.value.state).toBe('offline');
    await pass(40_000);
    expect(await facts()).toMatchObject([{ kind: 'agentOffline' }]);
    expect((await world.stores.agents.get(agent.id))?.value.outbox).toBeUndefined();
  });

  it('is told to be back although the instance that heard it died in between', async () => {
    await pass(120_000);
    const { insert } = world.bot.deps.stores.events;
    const dies = async () => Promise.reject(new TypeError('killed'));
    Object.assign(world.bot.deps.stores.events, { insert: dies });
    expect((await agent.asks.beat(beatOf())).status).toBe(503);
    Object.assign(world.bot.deps.stores.events, { insert });
    await agent.asks.beat(beatOf());
    expect((await facts()).map(({ kind }) => kind)).toEqual(['agentOffline', 'agentBack']);
  });

  it('is back with its first beat after it enrols again', async () => {
    await pass(120_000);
    const body = { token: await world.token(), publicKey: agent.signer.publicKey };
    const enrols = world.requests(agent.signer, 'enrol');
    expect((await enrols.enrol({ ...body, machine: machine(), version: '0.1.0' })).status).toBe(200);
    expect((await facts()).map(({ kind }) => kind)).toEqual(['agentOffline']);
    await agent.asks.beat(beatOf());
    expect((await facts()).map(({ kind }) => kind)).toEqual(['agentOffline', 'agentBack']);
  });
});
