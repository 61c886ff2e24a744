import { createLdapDirectory } from '../../agent/directory/ldapDirectory';
import { BASE_DN, openSambaServer, type SambaServer } from '../../sandbox/samba/sambaServer';
import { quietLog, Watcher } from '../helpers/agent/watchWorld';
import { denyAttribute } from '../helpers/directory/denyAttribute';
import { sambaPart } from '../helpers/directory/sambaPart';
import { describeWith } from '../helpers/process/parts';

const PASSWORD = 'Reader-Password-1';
const OBJECT_GUID = 'bf9679e7-0de6-11d0-a285-00aa003049e2';

/**
 * The agent tells a user's resets, whatever somebody writes to the user or to a group that the user is put
 * in.
 */
describeWith(sambaPart, 'a user with strange attributes', () => {
  let server: SambaServer;
  let account: string;
  let watcher: Watcher;
  const reader = () => {
    const { url, fingerprint: pin } = server;
    return createLdapDirectory({ url, account, password: PASSWORD, pin }, quietLog);
  };
  beforeAll(async () => {
    server = await openSambaServer();
    account = await server.admin.addUser('svc-keyturn', { password: PASSWORD });
    watcher = new Watcher(reader());
  });
  afterAll(async () => {
    await watcher.close();
    await server.close();
  });

  const resetOf = async (target: string, password: string) => {
    await watcher.look();
    await server.admin.reset(target, password);
    return watcher.look();
  };

  it.each<[string, Record<string, string[] | Buffer[]>, object]>([
    ['a ConsistencyGuid of 100 bytes', { 'mS-DS-ConsistencyGuid': [Buffer.alloc(100, 7)] }, {}],
    ['a displayName with a NUL', { displayName: ['a\0b'] }, { displayName: 'a\ufffdb' }],
    ['a negative lockoutTime', { lockoutTime: ['-1'] }, {}],
    ['a negative adminCount', { adminCount: ['-1'] }, { adminCount: -1 }],
  ])('with %s is seen when it is reset', async (what, values, expected) => {
    const { admin } = server;
    const name = `strange${what.length}`;
    const target = await admin.addUser(name, { password: 'Secret-of-Strange-1' });
    await admin.set(target, values);
    const [reset] = await resetOf(target, 'Secret-of-Strange-2');
    expect(reset?.user.samAccountName).toBe(name);
    expect(reset?.user).toMatchObject(expected);
    expect(watcher.unreadUsers).toBe(0);
  });

  it('of Domain Admins stays privileged when its groups lie too deep for an event to carry their names', async () => {
    const { admin } = server;
    const target = await admin.addUser('deep', { password: 'Secret-of-Deep-1' });
    let parent = BASE_DN;
    for (let depth = 0; depth < 64; depth++) parent = await admin.addUnit('o'.repeat(63), parent);
    expect(parent.length).toBeGreaterThan(4245);
    const group = await admin.addGroup('deep-group', parent);
    await admin.addToGroup(target, group);
    const usual = `CN=Domain Admins,CN=Users,${BASE_DN}`;
    const moved = await admin.move(usual, parent);
    await admin.addToGroup(target, moved);
    const [reset] = await resetOf(target, 'Secret-of-Deep-2');
    await admin.move(moved, `CN=Users,${BASE_DN}`);
    expect(reset?.user).toMatchObject({ samAccountName: 'deep', privileged: true, memberOf: [] });
  });

  it('with a hidden objectGUID is counted and not forgotten, and its resets meanwhile are told later', async () => {
    const { admin } = server;
    const target = await admin.addUser('hidden', { password: 'Secret-of-Hidden-1' });
    await watcher.look();
    const give = await denyAttribute(server, target, OBJECT_GUID);
    await admin.reset(target, 'Secret-of-Hidden-2');
    expect(await watcher.look()).toEqual([]);
    expect(watcher.unreadUsers).toBe(1);
    await server.backUp();
    await server.restore();
    await watcher.look().catch(() => undefined);
    await watcher.look();
    expect(watcher.unreadUsers).toBe(1);
    await give();
    expect(await watcher.look()).toMatchObject([{ user: { samAccountName: 'hidden' } }]);
    expect(watcher.unreadUsers).toBe(0);
  });
});
