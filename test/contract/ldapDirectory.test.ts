import { ConstraintViolationError } from 'ldapts';
import type { LdapSettings } from '../../agent/directory/ldapConnection';
import { createLdapDirectory } from '../../agent/directory/ldapDirectory';
import type { Directory, SeenUser } from '../../agent/ports';
import { knownOf, timesSet } from '../../agent/watch/passwordChange';
import { BASE_DN, openSambaServer, type SambaServer } from '../../sandbox/samba/sambaServer';
import { quietLog, Watcher } from '../helpers/agent/watchWorld';
import { sambaPart } from '../helpers/directory/sambaPart';
import { BY_PROGRESS_MS, eachMoves, whileItMoves } from '../helpers/directory/whileItMoves';
import { describeWith } from '../helpers/process/parts';

const PASSWORD = 'Reader-Password-1';

describeWith(sambaPart, 'a domain controller by LDAPS', () => {
  let server: SambaServer;
  let account: string;
  const opened: Directory[] = [];
  const open = (more: Partial<LdapSettings> = {}) => {
    const { url, fingerprint: pin } = server;
    const directory = createLdapDirectory({ url, account, password: PASSWORD, pin, ...more }, quietLog);
    opened.push(directory);
    return directory;
  };
  const usersOf = async (directory: Directory, usn = 0n) => {
    const users: SeenUser[] = [];
    for await (const page of directory.usersSince(usn)) users.push(...page);
    return new Map(users.map((seen) => [seen.user.samAccountName, seen]));
  };
  beforeAll(async () => {
    server = await openSambaServer();
    account = await server.admin.addUser('svc-keyturn', { password: PASSWORD });
  });
  afterEach(async () => {
    for (const directory of opened.splice(0)) await directory.close();
  });
  afterAll(() => server.close());

  it('says who it is and how far its USNs are', async () => {
    const directory = open();
    const before = await directory.state();
    expect(before).toMatchObject({ domain: 'contoso.test', domainController: 'dc1.contoso.test' });
    expect(before.invocationId).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    await server.admin.addUser('counted');
    expect(Math.abs(before.now - Date.now())).toBeLessThan(5_000);
    expect((await directory.state()).highestUsn).toBeGreaterThan(before.highestUsn);
  });

  it('shows all that matching needs, even to an account without rights of its own', async () => {
    const { admin } = server;
    const target = await admin.addUser('zoë', {
      password: 'Secret-of-Zoe-1',
      more: {
        displayName: ['Zoë Ångström 漢字'],
        mail: ['zoe@contoso.test'],
        userPrincipalName: ['zoe@contoso.test'],
      },
    });
    await admin.set(target, {
      'mS-DS-ConsistencyGuid': [Buffer.from('0123456789abcdef')],
      adminCount: ['1'],
    });
    const groups = ['Remote Desktop Users', 'Administrators'].map(
      (name) => `CN=${name},CN=Builtin,${BASE_DN}`,
    );
    for (const group of groups) await admin.addToGroup(target, group);
    const seen = (await usersOf(open())).get('zoë');
    expect(seen?.user).toMatchObject({
      displayName: 'Zoë Ångström 漢字',
      mail: 'zoe@contoso.test',
      userPrincipalName: 'zoe@contoso.test',
      distinguishedName: `CN=zoë,CN=Users,${BASE_DN}`,
      userAccountControl: 512,
      consistencyGuid: Buffer.from('0123456789abcdef').toString('base64'),
      adminCount: 1,
      memberOf: groups.reverse(),
    });
    expect(seen?.user.objectSid).toMatch(/^S-1-5-21-\d+-\d+-\d+-\d+$/);
    expect(seen?.password?.version).toBeGreaterThan(0);
    expect(Math.abs((seen?.password?.changedAt ?? 0) - Date.now())).toBeLessThan(60_000);
  });

  it('knows an administrator by the SID of any group’s name, and by the primary group', async () => {
    const { admin } = server;
    const [member, primary] = [await admin.addUser('member'), await admin.addUser('primary')];
    const domainAdmins = await admin.rename(`CN=Domain Admins,CN=Users,${BASE_DN}`, 'Domänen-Admins');
    for (const target of [member, primary]) await admin.addToGroup(target, domainAdmins);
    await admin.set(primary, { primaryGroupID: ['512'] });
    const users = await usersOf(open());
    await admin.rename(domainAdmins, 'Domain Admins');
    expect(users.get('member')?.user).toMatchObject({ privileged: true, memberOf: [domainAdmins] });
    expect(users.get('primary')?.user).toMatchObject({
      privileged: true,
      memberOf: [`CN=Domain Users,CN=Users,${BASE_DN}`],
    });
    expect(users.get('svc-keyturn')?.user.privileged).toBeUndefined();
  });

  it('is refused while the account can see no user, and begins when it can', async () => {
    const { admin } = server;
    const everybody = `CN=S-1-5-11,CN=ForeignSecurityPrincipals,${BASE_DN}`;
    const readers = `CN=Pre-Windows 2000 Compatible Access,CN=Builtin,${BASE_DN}`;
    await admin.removeFromGroup(everybody, readers);
    const watcher = new Watcher(open());
    await expect(watcher.look()).rejects.toMatchObject({
      kind: 'refused',
      sentence: expect.stringMatching(/shows the service account .* pwdLastSet of no other user/),
    });
    await expect(usersOf(open())).rejects.toMatchObject({ kind: 'refused' });
    await admin.addToGroup(everybody, readers);
    expect(await watcher.look()).toEqual([]);
    await admin.reset(account, PASSWORD);
    expect(await watcher.look()).toMatchObject([{ user: { samAccountName: 'svc-keyturn' } }]);
    await watcher.close();
  });

  it('leaves computers and trusts out', async () => {
    await server.admin.addComputer('laptop');
    const names = [...(await usersOf(open())).keys()];
    expect(names).toContain('Administrator');
    expect(names.filter((name) => name.endsWith('$'))).toEqual([]);
  });

  it(
    'reads more than a page, and then only changes',
    async () => {
      const { admin } = server;
      const names = Array.from({ length: 520 }, (_, n) => `page${n}`);
      await whileItMoves((moved) => eachMoves(moved, names, (name) => admin.addUser(name)));
      const directory = open();
      const { highestUsn } = await directory.state();
      let largest = 0;
      for await (const page of directory.usersSince(0n)) largest = Math.max(largest, page.length);
      expect(largest).toBe(500);
      expect((await usersOf(directory)).size).toBeGreaterThan(520);
      await admin.reset(`CN=page7,${admin.users}`, 'Secret-of-Seven-7');
      expect([...(await usersOf(directory, highestUsn + 1n)).keys()]).toEqual(['page7']);
    },
    BY_PROGRESS_MS,
  );

  it('counts one version for every password, and none for a refused one', async () => {
    const { admin } = server;
    const target = await admin.addUser('weak', { password: 'Secret-of-Weak-1' });
    const watcher = new Watcher(open());
    await watcher.look();
    await expect(admin.reset(target, 'weak')).rejects.toBeInstanceOf(ConstraintViolationError);
    expect(await watcher.look()).toEqual([]);
    for (const password of ['Secret-of-Weak-2', 'Secret-of-Weak-3']) await admin.reset(target, password);
    expect(await watcher.look()).toMatchObject([{ user: { samAccountName: 'weak' }, times: 2 }]);
    await watcher.close();
  });

  it('tells the first reset of an account that was made in one step with a password that must be changed', async () => {
    const { admin } = server;
    const target = await admin.addWithPassword('onestep', 'Secret-of-Onestep-1');
    const directory = open();
    const made = (await usersOf(directory)).get('onestep');
    expect(made).toMatchObject({ user: { pwdLastSet: '0' }, password: { version: 1 } });
    await admin.reset(target, 'Secret-of-Onestep-2');
    const reset = (await usersOf(directory)).get('onestep');
    if (!made?.password || !reset) throw new TypeError('not seen');
    const earlier = (ms: number) => ({ ...knownOf(made), changedAt: (made.password?.changedAt ?? 0) - ms });
    expect(timesSet(earlier(5 * 60_000), knownOf(reset))).toBe(1);
    expect(timesSet(earlier(0), knownOf(reset))).toBe(0);
  });

  it('is away while the controller restarts, and later finds what happened meanwhile', async () => {
    const target = await server.admin.addUser('patient', { password: 'Secret-of-Patient-1' });
    const watcher = new Watcher(open());
    await watcher.look();
    await server.stop();
    await expect(watcher.look()).rejects.toMatchObject({ kind: 'unreachable' });
    await server.start();
    await server.admin.reset(target, 'Secret-of-Patient-2');
    expect(await watcher.look()).toMatchObject([{ user: { samAccountName: 'patient' }, late: true }]);
    await watcher.close();
  });

  it('trusts the given authority, for the name in the certificate', async () => {
    const { domain } = await open({ pin: undefined, ca: server.caFile }).state();
    expect(domain).toBe('contoso.test');
  });

  it.each<[string, () => Promise<Partial<LdapSettings>>, object]>([
    ['plain LDAP', async () => ({ url: `ldap://${server.host}` }), { kind: 'plain' }],
    ['a certificate nobody vouches for', async () => ({ pin: undefined }), { kind: 'certificate' }],
    [
      'another certificate than the pinned one',
      async () => ({ pin: '0'.repeat(64) }),
      { kind: 'certificate' },
    ],
    [
      'a missing file of an authority',
      async () => ({ pin: undefined, ca: '/nowhere.pem' }),
      { kind: 'certificate' },
    ],
    ['a wrong password', async () => ({ password: 'Wrong-Password-1' }), { kind: 'refused' }],
    ['an account that is not there', async () => ({ account: `CN=nobody,${BASE_DN}` }), { kind: 'refused' }],
    ['a port nobody listens on', async () => ({ url: `ldaps://${server.host}:1` }), { kind: 'unreachable' }],
    ['a name that is not known', async () => ({ url: 'ldaps://dc9.invalid' }), { kind: 'unreachable' }],
    [
      'a disabled account',
      async () => {
        const target = await server.admin.addUser('gone', { password: PASSWORD });
        await server.admin.disable(target);
        return { account: target };
      },
      { kind: 'refused' },
    ],
  ])('says what to do about %s', async (_what, settings, fault) => {
    const refused = open(await settings()).state();
    await expect(refused).rejects.toMatchObject(fault);
    await expect(refused).rejects.toMatchObject({
      name: 'DirectoryFault',
      sentence: expect.stringMatching(/^(?!.*(Reader-Password|Wrong-Password)).{20,300}\.$/),
    });
  });
});
