import { randomUUID } from 'node:crypto';
import type { PasswordReset } from '../../../../domain/agentProtocol/agentEvent';
import { groupIntoNotices } from '../../../../domain/notifications/groupIntoNotices';
import { explainEvents } from '../../../../domain/resets/explainEvents';
import { machine, reset, tess, user } from '../../../helpers/bot/servingWorld';
import { type Enrolled, useAgent, useServing } from '../../../helpers/bot/useServing';

const world = useServing();
const dc1 = useAgent(world);
const dc2 = useAgent(world, machine('m2', 'DC2'));

const now = () => world.clock.now();
const send = (of: Enrolled, event: object) => of.asks.events({ stream: randomUUID(), events: [event] });
const all = async () => (await world.stores.events.list({ limit: 100, sort: { key: 'at' } })).items;
const resets = async () => (await all()).filter(({ value }) => 'reset' in value.facts);
const alarms = async () =>
  (await all()).flatMap(({ value }) => (value.facts.kind === 'agentsDisagree' ? [value] : []));

const by = { name: 'adm-brandt', domain: 'CONTOSO', sid: 'S-1-5-21-1-2-3-1105' };
const administrator = user(1, { privileged: true });
const ordinary = user(1);
/** The same reset, as an agent may tell it. */
const one = reset(1, Date.UTC(2026, 10, 23), { password: { pwdLastSet: '133900000000000000', version: 7 } });
const telling = (more: Partial<PasswordReset>) => ({ ...one, seenAt: now(), id: randomUUID(), ...more });

const TRUE = { user: administrator, how: 'reset', by } as const;
const FALSE = { user: ordinary, how: 'change' } as const;

describe('two agents that contradict each other about one reset', () => {
  it.each([
    ['the true one first', [TRUE, FALSE]],
    ['the false one first', [FALSE, TRUE]],
  ])('count with the worse of both tellings, with %s', async (_name, [first, second]) => {
    await send(dc1, telling(first as object));
    await send(dc2, telling(second as object));
    expect((await resets()).map(({ value }) => value)).toMatchObject([
      {
        privileged: true,
        facts: {
          reset: { how: 'reset', by, user: { privileged: true } },
          explanation: { state: 'unexplained' },
          tellings: [
            { agentId: dc1.id, agentName: 'DC1', how: first?.how, privileged: first === TRUE },
            { agentId: dc2.id, agentName: 'DC2', how: second?.how, privileged: second === TRUE },
          ],
        },
      },
    ]);
    expect(await alarms()).toMatchObject([
      {
        privileged: true,
        facts: { account: 'user1@contoso.test', tellings: [{ agentName: 'DC1' }, { agentName: 'DC2' }] },
      },
    ]);
  });

  it('raise one alarm, however often they tell it', async () => {
    for (const [agent, told] of [
      [dc1, TRUE],
      [dc2, FALSE],
      [dc1, TRUE],
      [dc2, FALSE],
    ] as const)
      await send(agent, telling(told));
    expect(await alarms()).toHaveLength(1);
  });

  it.each([
    ['another account', { user: user(1, { samAccountName: 'other' }) }],
    ['another SID', { user: user(1, { objectSid: 'S-1-5-21-9' }) }],
    ['another person who did it', { how: 'reset' as const, by: { ...by, sid: 'S-1-5-21-9' } }],
  ])('raise an alarm about %s', async (_name, other) => {
    await send(dc1, telling({ user: user(1, { objectSid: 'S-1-5-21-1' }), how: 'reset', by }));
    await send(dc2, telling({ how: 'reset', by, ...other }));
    expect(await alarms()).toHaveLength(1);
  });
});

describe('an agent that knows more or less than another', () => {
  it('raises no alarm', async () => {
    await send(dc1, telling({ how: 'unknown' }));
    await send(dc2, telling({ how: 'reset', by }));
    expect(await alarms()).toEqual([]);
    expect(await resets()).toMatchObject([{ value: { facts: { reset: { how: 'reset', by } } } }]);
  });

  it('leaves the cards as they are when it says nothing new', async () => {
    await send(dc1, telling({ how: 'reset', by }));
    const [event] = await resets();
    if (event) await world.stores.events.replace(event, { ...event.value, dueAt: undefined } as never);
    await send(dc2, telling({ how: 'reset', by }));
    expect((await resets())[0]?.value).toMatchObject({ facts: { tellings: [{}, {}] } });
    expect((await resets())[0]?.value.dueAt).toBeUndefined();
  });

  it.each([
    [ordinary, 'user'],
    [administrator, 'unexplained'],
  ] as const)(
    'and says that the user changed it explains it, but never for a privileged account',
    async (account, state) => {
      for (const order of [
        ['unknown', 'change'],
        ['change', 'unknown'],
      ] as const) {
        const event = { user: account, password: { pwdLastSet: '0', version: order[0].length } };
        await send(dc1, telling({ ...event, how: order[0] }));
        await send(dc2, telling({ ...event, how: order[1] }));
      }
      expect(
        (await resets()).map(({ value: { facts } }) => 'explanation' in facts && facts.explanation),
      ).toEqual([{ state }, { state }]);
    },
  );
});

describe('a reset that turns out to be of a privileged account', () => {
  const groupsEvents = async () => {
    const due = await world.stores.events.claimDue(now(), 60_000, 100);
    await groupIntoNotices(world, due);
  };
  const notices = async () =>
    (await world.stores.notices.list({ limit: 100 })).items.filter(({ value }) => value.kind === 'resetSeen');

  it('is told on its own card at once, and the first card is brought up to date', async () => {
    await send(dc1, telling(FALSE));
    await groupsEvents();
    expect((await notices()).map(({ value }) => [value.privileged, value.revision])).toEqual([[false, 1]]);
    await send(dc2, telling(TRUE));
    await groupsEvents();
    const [event] = await resets();
    expect((await notices()).map(({ value }) => [value.privileged, value.revision, value.eventIds])).toEqual(
      expect.arrayContaining([
        [false, 2, [event?.id]],
        [true, 1, [event?.id]],
      ]),
    );
    expect(event?.value.movedFrom).toBeUndefined();
  });

  it('asks for an answer again, and the earlier card cannot give it', async () => {
    await send(dc1, telling({ user: ordinary, how: 'reset', by }));
    const customer = await world.stores.customers.get('contoso');
    const [event] = await resets();
    if (!customer || !event) throw new TypeError('nothing there');
    const say = (alsoPrivileged: boolean, requestId: string) =>
      explainEvents(world.bot.deps, tess, customer, {
        ...{ as: 'ours', requestId, eventIds: [event.id], alsoPrivileged, seenIn: new Set<string>() },
      });
    const state = async () =>
      (await resets()).map(({ value: { facts } }) => 'explanation' in facts && facts.explanation.state);
    await say(false, 'r1');
    expect(await state()).toEqual(['ours']);
    await send(dc2, telling(TRUE));
    expect(await state()).toEqual(['unexplained']);
    await say(false, 'r2');
    expect(await state()).toEqual(['unexplained']);
    await say(true, 'r3');
    expect(await state()).toEqual(['ours']);
  });
});

test('after a crash between alarm and event, the same telling again completes both', async () => {
  await send(dc1, telling(FALSE));
  const { replace } = world.bot.deps.stores.events;
  const stream = randomUUID();
  const told = telling(TRUE);
  Object.assign(world.bot.deps.stores.events, { replace: () => Promise.reject(new TypeError('killed')) });
  expect((await dc2.asks.events({ stream, events: [told] })).status).toBe(503);
  Object.assign(world.bot.deps.stores.events, { replace });
  expect((await dc2.asks.events({ stream, events: [told] })).status).toBe(200);
  expect(await alarms()).toHaveLength(1);
  expect(await resets()).toMatchObject([{ value: { privileged: true } }]);
});
