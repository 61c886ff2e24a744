import { randomUUID } from 'node:crypto';
import { groupIntoNotices } from '../../../../domain/notifications/groupIntoNotices';
import { beatOf, machine, reset, user } from '../../../helpers/bot/servingWorld';
import { useTellingAgent } from '../../../helpers/bot/useServing';

const { world, now, send, told } = useTellingAgent();

describe('one reset', () => {
  const both = async (first: object, second: object) => {
    const other = await world.enrolled(machine('m2', 'DC2'));
    await send([first]);
    await send([{ ...second, id: randomUUID() }], randomUUID(), other);
    return told();
  };
  const one = () => reset(1, now(), { password: { pwdLastSet: '133900000000000000', version: 7 } });

  it('that two agents tell is one event, by its version or by its time', async () => {
    const { password, ...rest } = one();
    expect(await both({ ...rest, password }, { ...rest, password })).toHaveLength(1);
    const timeOnly = { ...rest, password: { pwdLastSet: password.pwdLastSet } };
    const versionOnly = { ...rest, password: { pwdLastSet: '0', version: 7 } };
    const third = await world.enrolled(machine('m3', 'DC3'));
    await send([timeOnly, { ...versionOnly, seq: 2 }], randomUUID(), third);
    expect(await told()).toHaveLength(1);
  });

  it('that was told without its version learns the version, and is then known by it', async () => {
    const { password, ...rest } = one();
    await both({ ...rest, password: { pwdLastSet: password.pwdLastSet } }, { ...rest, password });
    const third = await world.enrolled(machine('m3', 'DC3'));
    await send([{ ...rest, password: { pwdLastSet: '0', version: 7 } }], randomUUID(), third);
    expect(await told()).toHaveLength(1);
  });

  it('that must be changed is identified by the earlier state', async () => {
    const before = { pwdLastSet: '0', before: '133900000000000000' };
    const rest = reset(1, now(), { n: 1, mustChange: true, password: before });
    expect(await both(rest, rest)).toHaveLength(1);
    await send([{ ...rest, seq: 2, id: randomUUID(), password: { pwdLastSet: '0', before: '1' } }]);
    expect(await told()).toHaveLength(2);
  });

  it('of the same version on a restored domain controller is another one', async () => {
    const first = one();
    const later = { ...first, seq: 2, id: randomUUID(), changedAt: first.changedAt + 60_000 };
    await send([first, { ...later, password: { pwdLastSet: '133900000600000000', version: 7 } }]);
    expect(await told()).toHaveLength(2);
  });

  it('at two customers is two events', async () => {
    const elsewhere = await world.enrolled(machine(), 'fabrikam');
    const event = one();
    await send([event]);
    await send([event], randomUUID(), elsewhere);
    expect((await told()).map(({ customerId }) => customerId).sort()).toEqual(['contoso', 'fabrikam']);
  });

  /** Its only event has a card. */
  const onCard = async () => {
    const [stored] = (await world.stores.events.list({ limit: 1 })).items;
    if (!stored) throw new TypeError('no event');
    const { dueAt: _due, ...value } = stored.value;
    await world.stores.events.replace(stored, { ...value, noticeId: 'notice' });
    await world.stores.notices.insert('notice', {
      customerId: 'contoso',
      kind: 'resetSeen',
      privileged: false,
      eventIds: [stored.id],
      openedAt: now(),
      open: false,
      revision: 1,
      told: true,
    });
  };
  const revision = async () => {
    const due = await world.stores.events.claimDue(now(), 60_000, 10);
    await groupIntoNotices({ stores: world.stores, clock: { now } }, due);
    return (await world.stores.notices.get('notice'))?.value.revision;
  };

  it('learns who made it from the agent that can read it, and the card is brought up to date', async () => {
    const event = one();
    await send([event]);
    await onCard();
    const other = await world.enrolled(machine('m2', 'DC2'));
    await send([{ ...event, how: 'change', id: randomUUID() }], randomUUID(), other);
    expect(await told()).toMatchObject([
      { facts: { reset: { how: 'change' }, explanation: { state: 'user' } } },
    ]);
    expect(await revision()).toBe(2);
  });

  it('learns later that the password has to be changed, without an order for a delta sync', async () => {
    const event = one();
    const connect = await world.enrolled(machine('m2', 'AADC1'));
    await connect.asks.beat(beatOf());
    await send([event]);
    await onCard();
    await connect.asks.commands({ waitMs: 0, done: [] });
    await send([{ ...event, seq: 2, id: randomUUID(), mustChange: true }]);
    expect(await told()).toMatchObject([
      {
        facts: {
          reset: { mustChange: true, password: event.password },
          explanation: { state: 'unexplained' },
        },
      },
    ]);
    expect(await revision()).toBe(2);
    const orders = await world.stores.agentOrders.list({ limit: 9 });
    expect(orders.items.map(({ value }) => value.state)).toEqual(['handedOut']);
    await send([{ ...event, seq: 3, id: randomUUID() }]);
    expect(await told()).toMatchObject([{ facts: { reset: { mustChange: true } } }]);
    expect(await revision()).toBe(2);
  });

  it('says why its arrival is not tracked', async () => {
    const elsewhere = await world.enrolled(machine(), 'fabrikam');
    await send([one()], randomUUID(), elsewhere);
    expect(await told()).toMatchObject([
      { facts: { arrival: { state: 'notTracked', finding: expect.stringContaining('not connected') } } },
    ]);
    expect(world.followed).toEqual([]);
  });

  it('says at once that it will hardly arrive while Entra Connect is in staging mode', async () => {
    const connect = await world.enrolled(machine('m2', 'AADC1'));
    await connect.asks.beat(beatOf({ health: { ...beatOf().health, connect: { state: 'staging' } } }));
    await send([one()]);
    const arrivals = (await told()).flatMap(({ facts }) => ('arrival' in facts ? [facts.arrival] : []));
    expect(arrivals).toMatchObject([{ state: 'checking', finding: expect.stringContaining('staging mode') }]);
    expect(world.followed).toHaveLength(1);
  });

  it('of an administrator is privileged, and keeps only the groups that show it', async () => {
    const memberOf = ['CN=Staff,DC=contoso,DC=test', 'CN=Domain Admins,CN=Users,DC=contoso,DC=test'];
    await send([reset(1, now(), { user: user(1, { memberOf }) })]);
    expect(await told()).toMatchObject([
      { privileged: true, facts: { reset: { user: { memberOf: [memberOf[1]] } } } },
    ]);
    expect((await world.stores.directoryAccounts.list({ limit: 1 })).items[0]?.value.user.memberOf).toEqual(
      memberOf,
    );
  });

  it('of an administrator is privileged even when the groups have other names', async () => {
    const memberOf = ['CN=Verwalter,CN=Users,DC=contoso,DC=test'];
    await send([reset(1, now(), { user: user(1, { memberOf, privileged: true }) })]);
    expect(await told()).toMatchObject([
      { privileged: true, facts: { reset: { user: { memberOf: [], privileged: true } } } },
    ]);
  });
});
