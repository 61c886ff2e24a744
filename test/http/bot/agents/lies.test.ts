import { randomUUID } from 'node:crypto';
import { noticeFace } from '../../../../bot/notifications/faces/noticeFace';
import type { PasswordReset } from '../../../../domain/agentProtocol/agentEvent';
import { groupIntoNotices } from '../../../../domain/notifications/groupIntoNotices';
import { belongsTo } from '../../../../domain/notifications/notification';
import { raiseAlarms } from '../../../../domain/notifications/raiseAlarm';
import { beatOf, machine, reset, user } from '../../../helpers/bot/servingWorld';
import { type Enrolled, useAgent, useServing } from '../../../helpers/bot/useServing';

const world = useServing();
const near = useAgent(world);
beforeEach(() => near.asks.beat(beatOf()));
const far = useAgent(world, machine('m2', 'DC2'));

const now = () => world.clock.now();
const send = async (of: Enrolled, event: object) => {
  const { status } = await of.asks.events({ stream: randomUUID(), events: [event] });
  expect(status).toBe(200);
};
const all = async () => (await world.stores.events.list({ limit: 100, sort: { key: 'toldAt' } })).items;
const resets = async () =>
  (await all()).flatMap(({ id, value: { facts, ...value } }) =>
    'reset' in facts ? [{ id, ...value, facts }] : [],
  );
const alarms = async () => (await all()).filter(({ value }) => value.facts.kind === 'agentsDisagree');
const by = { name: 'adm-brandt', domain: 'CONTOSO', sid: 'S-1-5-21-1-2-3-1105' };
const password = { pwdLastSet: '133900000000000000', version: 7 };
/** The same reset, as an agent may tell it. */
const telling = (more: Partial<PasswordReset> = {}) => {
  const at = Math.floor(now() / 1000) * 1000;
  return { ...reset(1, now(), { password, changedAt: at, user: user(1) }), ...more };
};
const groupsEvents = async () => {
  const due = await world.stores.events.claimDue(now(), 60_000, 100);
  await raiseAlarms(world, due);
  await groupIntoNotices(world, due);
};

describe('a change by the user that an agent tells', () => {
  const explained = async () => (await resets()).map(({ facts }) => facts.explanation.state);
  const orders = [
    ['unknown', 'change'],
    ['change', 'unknown'],
  ] as const;

  it.each(orders)('does not explain what a nearer agent does not know (%s, then %s)', async (first) => {
    const [nearTells, farTells] = [telling({ how: 'unknown' }), telling({ how: 'change' })];
    if (first === 'unknown') await send(near, nearTells);
    await send(far, farTells);
    if (first === 'change') await send(near, nearTells);
    expect(await explained()).toEqual(['unexplained']);
    await send(far, { ...farTells, id: randomUUID() });
    expect(await explained()).toEqual(['unexplained']);
  });

  it.each(orders)(
    'explains what an equally near or farther agent does not know (%s, then %s)',
    async (first) => {
      const other = await world.enrolled(machine('m3', 'DC3'));
      for (const [teller, others] of [
        [near, far],
        [far, other],
      ] as const) {
        const event = { password: { pwdLastSet: '0', version: teller === near ? 8 : 9 } };
        const [known, unknown] = [
          telling({ ...event, how: 'change' }),
          telling({ ...event, how: 'unknown' }),
        ];
        if (first === 'change') await send(teller, known);
        await send(others, unknown);
        if (first === 'unknown') await send(teller, known);
      }
      expect(await explained()).toEqual(['user', 'user']);
    },
  );
});

test('resets that were first told as changes by the user are told anew, once, when a nearer agent doubts them, and raise the alarm of many', async () => {
  const lies = Array.from({ length: 5 }, (_, n) =>
    telling({ user: user(n + 1), how: 'change', password: { pwdLastSet: '0', version: n + 1 } }),
  );
  for (const lie of lies) await send(far, lie);
  await groupsEvents();
  for (const lie of lies) await send(near, { ...lie, id: randomUUID(), how: 'unknown' });
  await groupsEvents();
  const notices = (await world.stores.notices.list({ limit: 10 })).items;
  const [before, after] = notices.filter(({ value }) => value.kind === 'resetSeen');
  const told = (await all()).filter(({ value }) => 'reset' in value.facts);
  expect(told.map(({ value }) => value.noticeId)).toEqual(Array(5).fill(after?.id));
  if (!before || !after) throw new TypeError('not told anew');
  expect(told.filter(({ value }) => belongsTo(before, value))).toEqual([]);
  expect((await all()).filter(({ value }) => value.facts.kind === 'unexplainedResets')).toHaveLength(1);
  const count = notices.length;
  for (const lie of lies) await send(far, { ...lie, id: randomUUID() });
  await groupsEvents();
  expect(await world.stores.notices.count()).toBe(count + 1);
});

describe('an agent that first tells a reset as long past or found late', () => {
  it('keeps it neither from the alarm of many nor from people who hear about resets as they happen', async () => {
    await send(
      far,
      telling({ changedAt: 0, seenAt: 0, late: true, password: { pwdLastSet: password.pwdLastSet } }),
    );
    await groupsEvents();
    await send(near, telling());
    await groupsEvents();
    const [event] = await resets();
    expect(event?.facts).toMatchObject({ kind: 'resetSeen', reset: { late: false } });
    expect(event?.at).toBe(telling().changedAt);
    const notices = (await world.stores.notices.list({ limit: 10 })).items.map(({ value }) => value);
    expect(notices.map(({ kind, eventIds }) => [kind, eventIds])).toEqual(
      expect.arrayContaining([
        ['resetLate', [event?.id]],
        ['resetSeen', [event?.id]],
      ]),
    );
    await groupsEvents();
    expect(await world.stores.notices.count()).toBe(2);
  });
});

describe('another name for an account or a person', () => {
  it.each([
    ['the name to sign in with', { user: user(1, { userPrincipalName: 'harmless@contoso.test' }) }],
    ['the name of who did it', { by: { ...by, name: 'tess' } }],
  ])('raises an alarm: %s', async (_what, other) => {
    await send(far, telling({ how: 'reset', by, ...other }));
    await send(near, telling({ how: 'reset', by }));
    expect(await alarms()).toHaveLength(1);
  });

  it.each(['the nearer one first', 'the farther one first'])(
    'shows the account as the nearer agent tells it, %s',
    async (order) => {
      const lie = telling({ user: user(1, { displayName: 'Somebody Else' }) });
      if (order.startsWith('the nearer')) await send(near, telling());
      await send(far, lie);
      if (order.startsWith('the farther')) await send(near, telling());
      expect(await resets()).toMatchObject([
        { facts: { reset: { user: { displayName: user(1).displayName } } } },
      ]);
    },
  );
});

test('one id for the resets of two accounts does not merge them', async () => {
  const id = randomUUID();
  const unnamed = { id, password: { pwdLastSet: '0' } };
  await send(far, { ...telling({ ...unnamed, how: 'change' }), user: user(2, { pwdLastSet: '0' }) });
  await send(near, { ...telling({ ...unnamed }), user: user(1, { pwdLastSet: '0' }) });
  expect(await resets()).toHaveLength(2);
});

test('a reset that the eleventh agent tells is not explained by ten agents that tell a change', async () => {
  const tellers = [near, far];
  for (let n = 3; n <= 10; n++) tellers.push(await world.enrolled(machine(`m${n}`, `DC${n}`)));
  for (const teller of tellers) await send(teller, telling({ how: 'change' }));
  const last = await world.enrolled(machine('m11', 'DC11'));
  await send(last, telling({ how: 'reset', by }));
  await send(far, telling({ how: 'change' }));
  const [event] = await resets();
  expect(event?.facts).toMatchObject({ reset: { how: 'reset' }, explanation: { state: 'unexplained' } });
  expect(event?.facts.tellings).toHaveLength(10);
});

test.each([8_640_000_000_000_001, 1e300])('a time without a date (%d) breaks no card', async (never) => {
  await send(far, telling({ changedAt: never, seenAt: never, times: 1e9 }));
  await send(near, { ...reset(1, now()), changedAt: never });
  const delta = { type: 'deltaSync', outcome: 'failed', finding: 'It failed.', resets: 1 };
  await send(far, { seq: 1, id: randomUUID(), seenAt: never, ...delta, startedAt: never, endedAt: never });
  const events = (await all()).map(({ value }) => value);
  expect(events).toHaveLength(3);
  for (const event of events) expect(() => noticeFace(event.facts.kind, [event], now())).not.toThrow();
});
