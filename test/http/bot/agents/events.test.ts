import { randomUUID } from 'node:crypto';
import {
  allOf,
  beatOf,
  expectRefused,
  machine,
  reset,
  servingWorld,
  startInstance,
  user,
} from '../../../helpers/bot/servingWorld';
import { STREAM, useTellingAgent } from '../../../helpers/bot/useServing';
import { sqliteWorld } from '../../../helpers/store/storageWorlds';

const { world, agent, now, send, told } = useTellingAgent();

describe('a batch', () => {
  it('is written down in order, acknowledged, and starts what follows', async () => {
    const events = [reset(1, now()), reset(2, now(), { how: 'change' }), reset(3, now(), { late: true })];
    const { status, body } = await send(events);
    expect([status, body]).toEqual([200, { protocol: 1, now: now(), acknowledged: 3 }]);
    expect(await told()).toMatchObject([
      {
        customerId: 'contoso',
        dueAt: now(),
        facts: { kind: 'resetSeen', explanation: { state: 'unexplained' } },
      },
      { facts: { explanation: { state: 'user' } } },
      { facts: { kind: 'resetLate', arrival: { state: 'checking' }, agentName: 'DC1' } },
    ]);
    expect(world.followed).toHaveLength(3);
    expect(await world.stores.directoryAccounts.count({ where: { customerId: 'contoso' } })).toBe(3);
  });

  it('wakes the dispatcher once, and not again when it is told again', async () => {
    const events = [reset(1, now()), reset(2, now())];
    await send(events);
    await send(events);
    expect(world.bot.tellings()).toBe(1);
    await send([reset(3, now())]);
    expect(world.bot.tellings()).toBe(2);
  });

  it('that was kept long, because the agent could not reach the bot, tells late resets', async () => {
    const kept = (seq: number, ms: number) => reset(seq, now(), { seenAt: now() - ms });
    await send([kept(1, 10 * 60_000), kept(2, 2 * 60_000), kept(3, -60_000)]);
    const kinds = (await told()).map(({ facts }) => [facts.kind, 'reset' in facts && facts.reset.late]);
    expect(kinds).toEqual([
      ['resetLate', true],
      ['resetSeen', false],
      ['resetSeen', false],
    ]);
  });

  it('that comes again changes nothing, and its new parts count', async () => {
    const [one, two, three] = [reset(1, now()), reset(2, now()), reset(3, now())];
    await send([one, two]);
    const before = await told();
    expect((await send([one, two])).body.acknowledged).toBe(2);
    expect(await told()).toEqual(before);
    expect((await send([two, three])).body.acknowledged).toBe(3);
    expect(await told()).toHaveLength(3);
  });

  it('is taken without its unreadable events: they are counted, told once, and not sent again', async () => {
    const strange = [
      { ...reset(1, now()), user: { objectGuid: 'Secretname', pwdLastSet: '1' } },
      {
        ...reset(2, now()),
        user: user(2, { lockoutTime: '-1', adminCount: 'x' as never }),
        how: 'Secretname',
      },
      { ...reset(3, now()), type: 'ofTomorrow' },
      { seq: 4 },
      reset(5, now()),
    ];
    expect((await send(strange)).body).toMatchObject({ acknowledged: 5 });
    const found = await told();
    expect(found.map(({ facts }) => facts.kind).sort()).toEqual([
      'connectionDegraded',
      'resetSeen',
      'resetSeen',
    ]);
    expect(found.find(({ facts }) => facts.kind === 'connectionDegraded')?.facts).toMatchObject({
      finding: expect.stringMatching(/^DC1: 3 events of this agent could not be read and are passed over/),
    });
    expect((await send(strange)).body).toMatchObject({ acknowledged: 5 });
    await send([{ seq: 6 }]);
    expect(await told()).toHaveLength(3);
    const { value } = (await world.stores.agents.get(agent.id)) ?? {};
    expect(value?.notRead).toMatchObject({ events: 4, users: 0 });
    expect(world.bot.text()).toContain('user.objectGuid');
    expect(world.bot.text()).not.toContain('Secretname');
    world.clock.advance(60 * 60_000);
    await send([{ seq: 7 }]);
    expect(await told()).toHaveLength(4);
  });

  it.each<[string, string, string, string, string]>([
    ['another account', 'S-1-5-21-1-2-3-500', 'administrator', 'reset', 'unexplained'],
    ['ANONYMOUS LOGON', 'S-1-5-7', 'ANONYMOUS LOGON', 'unknown', 'unexplained'],
    ['nobody', '', '', 'unknown', 'unexplained'],
    ['the user', 'S-1-5-21-1-2-3-1102', 'user1', 'change', 'user'],
  ])(
    'in which an older agent calls %s a change by the user is told as what it is',
    async (_who, sid, name, how, state) => {
      const told1102 = user(1, { objectSid: 'S-1-5-21-1-2-3-1102' });
      await send([reset(1, now(), { user: told1102, how: 'change', by: { sid, name, domain: 'CONTOSO' } })]);
      expect(await told()).toMatchObject([{ facts: { reset: { how }, explanation: { state } } }]);
    },
  );

  it('out of order, or with a gap, is refused with the expected number', async () => {
    await send([reset(1, now())]);
    const withoutNonce = async (events: object[]) => {
      const before = (await allOf(world.stores)) as Record<string, unknown[]>;
      expect(await send(events)).toMatchObject({ status: 409, body: { error: 'order', expected: 2 } });
      const after = (await allOf(world.stores)) as Record<string, unknown[]>;
      const counted = { agentRequests: [], customerBudgets: [] };
      expect({ ...after, ...counted }).toEqual({ ...before, ...counted });
    };
    await withoutNonce([reset(3, now())]);
    await withoutNonce([reset(2, now()), reset(4, now())]);
    await withoutNonce([reset(3, now()), reset(2, now())]);
    await withoutNonce([reset(2, now()), reset(2, now())]);
    expect((await send([reset(2, now())])).body.acknowledged).toBe(2);
  });

  it('of a new queue begins at 1', async () => {
    await send([reset(1, now()), reset(2, now())]);
    const other = randomUUID();
    expect(await send([reset(3, now())], other)).toMatchObject({ status: 409, body: { expected: 1 } });
    expect((await send([reset(1, now())], other)).body.acknowledged).toBe(1);
    expect(await told()).toHaveLength(3);
  });

  it('whose acknowledgement was lost in a crash is told again and makes one event of each reset', async () => {
    const { replace } = world.bot.deps.stores.agents;
    const dies = async () => Promise.reject(new TypeError('killed'));
    Object.assign(world.bot.deps.stores.agents, { replace: dies });
    const events = [reset(1, now()), reset(2, now())];
    expect((await send(events)).status).toBe(503);
    Object.assign(world.bot.deps.stores.agents, { replace });
    expect((await send(events)).body.acknowledged).toBe(2);
    expect(await told()).toHaveLength(2);
  });
});

describe('events besides resets', () => {
  const sync = (seq: number, outcome: string) => {
    const finding = 'It is in staging mode.';
    return {
      seq,
      id: randomUUID(),
      seenAt: now(),
      type: 'deltaSync',
      outcome,
      finding,
      startedAt: 1,
      endedAt: 2,
      resets: 3,
    };
  };

  it('tell what went wrong, once, and nothing that went right', async () => {
    const events = [
      sync(1, 'ran'),
      sync(2, 'staging'),
      {
        seq: 3,
        id: randomUUID(),
        seenAt: now(),
        type: 'directoryChanged',
        change: 'restored',
        finding: 'Restored.',
      },
      { seq: 4, id: randomUUID(), seenAt: now(), type: 'dropped', count: 5 },
    ];
    await send(events);
    await send(events, randomUUID());
    const facts = (await told()).map((event) => event.facts);
    expect(facts).toHaveLength(3);
    expect(facts).toEqual(
      expect.arrayContaining([
        {
          kind: 'deltaSyncFailed',
          agentName: 'DC1',
          sync: { outcome: 'staging', finding: 'It is in staging mode.', startedAt: 1, resets: 3 },
        },
        { kind: 'connectionDegraded', finding: 'Restored.', saidBy: 'DC1' },
        expect.objectContaining({ finding: expect.stringContaining('5 events could not'), saidBy: 'DC1' }),
      ]),
    );
  });
});

describe('two instances on one store', () => {
  it('refuse a request that the other one had, and make one event of what both are told', async () => {
    const database = sqliteWorld();
    const advance = (ms: number) => {
      database.clock.time += ms;
    };
    const shared = { now: () => database.clock.time, advance };
    const [mine, theirs] = [await database.open(), await database.open()];
    const on = await servingWorld({ stores: mine.stores, clock: shared });
    const second = await startInstance(theirs.stores, shared, on.random);
    const [one, two] = [await on.enrolled(), await on.enrolled(machine('m2', 'DC2'))];
    const claims = { jti: randomUUID() };
    expect((await one.asks.beat(beatOf(), { claims })).status).toBe(200);
    const refused = { ...on, stores: theirs.stores, bot: second };
    await expectRefused(
      refused,
      () => one.at(second).beat(beatOf(), { claims }),
      { status: 401, error: 'replayed' },
      'Secretname',
    );
    const events = Array.from({ length: 60 }, (_, n) => reset(n + 1, database.clock.time));
    const answers = await Promise.all([
      one.asks.events({ stream: STREAM, events }),
      one.at(second).events({ stream: STREAM, events }),
      two.at(second).events({ stream: randomUUID(), events }),
    ]);
    expect(answers.map(({ body }) => body.acknowledged)).toEqual([60, 60, 60]);
    expect(await mine.stores.events.count()).toBe(60);
    expect(await theirs.stores.directoryAccounts.count()).toBe(60);
    expect(
      (await one.at(second).events({ stream: STREAM, events: [reset(62, database.clock.time)] })).body
        .expected,
    ).toBe(61);
    await Promise.all([on.bot.stop(), second.stop()]);
    await database.close();
  });
});
