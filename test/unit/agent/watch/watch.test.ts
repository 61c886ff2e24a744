import type { SeenUser } from '../../../../agent/ports';
import { agentEvent } from '../../../../domain/agentProtocol/agentEvent';
import { ada, at, baseline, bob, directory, later, useWatch, watcher } from '../../../helpers/agent/useWatch';

useWatch();

describe('a look for resets', () => {
  it('tells nothing at first', async () => {
    expect(await watcher.look()).toEqual([]);
    expect(watcher.told).toEqual([]);
  });

  it('tells a reset once, with everything that the protocol requires', async () => {
    await baseline();
    const before = directory.list().find(({ objectGuid }) => objectGuid === ada)?.pwdLastSet;
    directory.reset(ada);
    const [reset, ...more] = await watcher.look();
    expect(more).toEqual([]);
    expect(reset).toMatchObject({
      user: { objectGuid: ada },
      how: 'unknown',
      mustChange: false,
      times: 1,
      late: false,
    });
    expect(reset?.password).toMatchObject({ before, version: 3 });
    expect(reset?.changedAt).toBe(at);
    const id = '00000000-0000-4000-8000-000000000001';
    expect(agentEvent.safeParse({ ...reset, seq: 1, id }).error).toBeUndefined();
    expect(await watcher.look()).toEqual([]);
  });

  it('says who did it, when the log does', async () => {
    await baseline();
    const by = { name: 'eve', domain: 'CONTOSO', sid: 'S-1-5-21-1' };
    watcher.resetLog = { whoReset: async () => ({ how: 'reset', by }) };
    directory.reset(ada);
    expect(await watcher.look()).toMatchObject([{ how: 'reset', by }]);
  });

  it('counts the resets between two looks', async () => {
    await baseline();
    directory.reset(ada);
    directory.reset(ada);
    directory.reset(ada, { mustChange: true });
    expect(await watcher.look()).toMatchObject([{ times: 3, mustChange: true, password: { version: 5 } }]);
  });

  it.each([
    ['renamed', () => directory.rename(ada, 'ada.lovelace')],
    ['moved', () => directory.set(ada, { distinguishedName: 'CN=ada,OU=Büro,DC=contoso,DC=test' })],
    ['disabled', () => directory.set(ada, { userAccountControl: 514 })],
    ['locked', () => directory.set(ada, { lockoutTime: '134398853403072420' })],
    ['told to change its password', () => directory.set(ada, { pwdLastSet: '0' })],
    ['created', () => directory.add('new')],
  ])('tells no reset of an account that was %s', async (_what, change) => {
    await baseline();
    change();
    expect(await watcher.look()).toEqual([]);
    later();
    directory.reset(ada);
    expect(await watcher.look()).toMatchObject([{ user: { objectGuid: ada }, times: 1 }]);
  });

  it('takes an account’s first password for its creation, even after a look in between', async () => {
    await baseline();
    const fresh = directory.create('new');
    await watcher.look();
    later();
    directory.reset(fresh);
    expect(await watcher.look()).toEqual([]);
    later();
    directory.reset(fresh);
    expect(await watcher.look()).toHaveLength(1);
  });

  it('takes the second password of an account made in one step for a reset', async () => {
    await baseline();
    const fresh = directory.create('new');
    await watcher.look();
    later(5 * 60_000);
    directory.reset(fresh);
    expect(await watcher.look()).toMatchObject([{ user: { objectGuid: fresh }, times: 1 }]);
  });

  it('tells no reset of an account that was restored', async () => {
    await baseline();
    const old = directory.copy().users.get(ada);
    directory.reset(ada);
    await watcher.look();
    later();
    if (old) directory.restoreObject(ada, old, 3);
    expect(await watcher.look()).toEqual([]);
    later();
    if (old) directory.restoreObject(ada, old);
    directory.reset(ada);
    expect(await watcher.look()).toMatchObject([{ user: { objectGuid: ada }, times: 1 }]);
  });

  it('knows an account by its objectGUID, even under another name', async () => {
    await baseline();
    directory.rename(ada, 'countess');
    directory.reset(ada);
    expect(await watcher.look()).toMatchObject([{ user: { objectGuid: ada, samAccountName: 'countess' } }]);
  });
});

describe('a password that must be changed', () => {
  it('is told again once, when that was ticked after the reset', async () => {
    await baseline();
    directory.reset(ada);
    const [reset] = await watcher.look();
    later();
    directory.rename(ada, 'countess');
    directory.set(ada, { pwdLastSet: '0' });
    expect(await watcher.look()).toEqual([{ ...reset, mustChange: true }]);
    directory.set(ada, { lockoutTime: '134398853403072420' });
    expect(await watcher.look()).toEqual([]);
  });

  it('does not belong to the reset after ten minutes, or when the agent does not know the reset', async () => {
    await baseline();
    for (const user of [ada, bob]) directory.reset(user);
    await watcher.look();
    later(11 * 60_000);
    directory.add('new');
    await watcher.look();
    directory.set(ada, { pwdLastSet: '0' });
    expect(await watcher.look()).toEqual([]);
    directory.reset(bob);
    await watcher.look();
    await watcher.startAgain();
    directory.set(bob, { pwdLastSet: '0' });
    expect(await watcher.look()).toEqual([]);
  });

  it('is no reset when it belongs to a creation', async () => {
    await baseline();
    const fresh = directory.add('new');
    await watcher.look();
    directory.set(fresh, { pwdLastSet: '0' });
    expect(await watcher.look()).toEqual([]);
  });
});

describe('without replication metadata', () => {
  beforeEach(async () => {
    directory.metadata = false;
    await baseline();
  });

  it('a changed pwdLastSet is a reset, without a version', async () => {
    directory.reset(ada);
    directory.rename(bob, 'robert');
    const resets = await watcher.look();
    expect(resets).toMatchObject([{ user: { objectGuid: ada }, times: 1, changedAt: at }]);
    expect(resets[0]?.password).not.toHaveProperty('version');
  });

  it('a change to 0 or from 0 is a reset, too', async () => {
    directory.reset(ada, { mustChange: true });
    expect(await watcher.look()).toMatchObject([{ mustChange: true, changedAt: at }]);
    later();
    directory.reset(ada);
    expect(await watcher.look()).toMatchObject([{ mustChange: false }]);
    later();
    directory.set(ada, { pwdLastSet: '0' });
    expect(await watcher.look()).toMatchObject([{ mustChange: true, changedAt: at }]);
  });

  it('a value that went back is no reset', async () => {
    const copy = directory.copy();
    directory.reset(ada);
    await watcher.look();
    directory.restore(copy);
    expect(await watcher.look()).toEqual([]);
  });
});

describe('on a domain controller that has no metadata of passwords', () => {
  it('a changed pwdLastSet is a reset, in the form that the protocol requires', async () => {
    const passwordless = ({ password: _password, ...seen }: SeenUser) => ({
      ...seen,
      password: { version: 0, changedAt: 0 },
    });
    const { usersSince } = directory;
    directory.usersSince = async function* (usn) {
      for await (const page of usersSince.call(directory, usn))
        yield page.map(passwordless) as Required<SeenUser>[];
    };
    await baseline();
    directory.rename(bob, 'robert');
    directory.reset(ada);
    const [reset, ...more] = await watcher.look();
    expect(more).toEqual([]);
    expect(reset).toMatchObject({ user: { objectGuid: ada }, times: 1, changedAt: at });
    const id = '00000000-0000-4000-8000-000000000001';
    expect(agentEvent.safeParse({ ...reset, seq: 1, id }).error).toBeUndefined();
  });
});
