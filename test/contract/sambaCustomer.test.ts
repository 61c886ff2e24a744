import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { immutableIdOf } from '../../domain/agentProtocol/directoryUser';
import {
  type CustomerDirectory,
  createSecurityLog,
  UnknownUser,
} from '../../sandbox/customer/customerDirectory';
import { fabrikamUsers } from '../../sandbox/customer/fabrikamUsers';
import { createHashSync } from '../../sandbox/customer/hashSync';
import { openSambaCustomer } from '../../sandbox/customer/openSambaCustomer';
import { TENANTS } from '../../sandbox/microsoft/tenants';
import { makeUsers } from '../../sandbox/microsoft/users';
import { sambaPart } from '../helpers/directory/sambaPart';
import { describeWith } from '../helpers/process/parts';
import { silent } from '../helpers/store/storageWorlds';

const fabrikam = TENANTS.find(({ domain }) => domain === 'fabrikam.example');

describeWith(sambaPart, 'the sandbox’s customer on a real domain controller', () => {
  const outer = mkdtempSync(join(tmpdir(), 'keyturn-samba-customer-'));
  const cloud = fabrikam ? makeUsers(fabrikam, Date.now()).slice(0, 8) : [];
  const users = fabrikamUsers(cloud);
  const log = createSecurityLog(() => Date.now());
  let directory: CustomerDirectory;
  const open = async () => {
    directory = await openSambaCustomer(join(outer, 'dc'), users, log);
  };
  beforeAll(open);
  afterAll(async () => {
    await directory.close();
    rmSync(outer, { recursive: true, force: true });
  });
  const named = async (name: string) =>
    (await directory.users()).find(({ samAccountName }) => samAccountName === name);

  it('has the tenant’s people, found there by their immutable id, and some awkward ones', async () => {
    const found = await directory.users();
    const ids = found.map(immutableIdOf);
    const synced = cloud.flatMap(({ onPremisesImmutableId }) => onPremisesImmutableId ?? []);
    expect(synced.filter((id) => !ids.includes(id))).toEqual([]);
    for (const { samAccountName, displayName } of users)
      expect(await named(samAccountName)).toMatchObject({ displayName });
    const admin = await named('adm-brandt');
    expect(admin?.memberOf.join()).toContain('Domain Admins');
  });

  it('sets passwords; the hash sync carries those that need no change', async () => {
    const carried: (number | undefined)[] = [];
    const reader = directory.open(silent);
    const look = createHashSync({
      directory: reader,
      staging: () => false,
      carry: (accounts) => carried.push(...accounts.map(({ changedAt }) => changedAt)),
    });
    await look();
    carried.length = 0;
    await directory.setPassword('jonas.brandt', 'administrator');
    await look();
    await directory.setPassword('jonas.brandt', 'mustChange');
    await look();
    expect(carried).toEqual([expect.any(Number), undefined]);
    await reader.close();
    await expect(directory.setPassword('nobody', 'user')).rejects.toThrow(UnknownUser);
  });

  it('begins again after an unfinished start', async () => {
    const half = join(outer, 'half');
    const names = () => users.slice(0, 1);
    const broken = [...names(), { ...names()[0], samAccountName: '*no name*' } as (typeof users)[number]];
    await expect(openSambaCustomer(half, broken, log)).rejects.toThrow();
    const again = await openSambaCustomer(half, names(), log);
    expect((await again.users()).map(({ samAccountName }) => samAccountName)).toEqual([
      users[0]?.samAccountName,
    ]);
    await again.close();
  });

  it('continues with existing data', async () => {
    const before = await named('jonas.brandt');
    await directory.close();
    await open();
    expect(await named('jonas.brandt')).toEqual(before);
  });
});
