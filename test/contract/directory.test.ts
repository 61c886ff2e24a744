import { randomUUID } from 'node:crypto';
import { createLdapDirectory } from '../../agent/directory/ldapDirectory';
import type { Directory } from '../../agent/ports';
import type { DirectoryUser } from '../../domain/agentProtocol/directoryUser';
import { MemoryDirectory } from '../../sandbox/directory/memoryDirectory';
import { BASE_DN, openSambaServer, type SambaServer } from '../../sandbox/samba/sambaServer';
import { identityOf, quietLog, Watcher } from '../helpers/agent/watchWorld';
import { sambaPart } from '../helpers/directory/sambaPart';
import { BY_PROGRESS_MS, eachMoves, whileItMoves } from '../helpers/directory/whileItMoves';
import { describeWith } from '../helpers/process/parts';

/** What happens in a directory; accounts are named. */
interface World {
  reader(): Directory;
  add(name: string): Promise<void>;
  reset(name: string, mustChange?: boolean): Promise<void>;
  change(name: string): Promise<void>;
  mustChange(name: string): Promise<void>;
  disable(name: string): Promise<void>;
  lock(name: string): Promise<void>;
  rename(name: string, fresh: string): Promise<void>;
  move(name: string): Promise<void>;
  backUp(): Promise<void>;
  restore(): Promise<void>;
  now(): number;
  close(): Promise<void>;
}

const strong = () => `Secret-${randomUUID()}`;

async function memoryWorld(): Promise<World> {
  let at = 1_800_000_000_000;
  const directory = new MemoryDirectory(() => at);
  const ids = new Map<string, string>();
  const id = (name: string) => ids.get(name) ?? '';
  let copy = directory.copy();
  const set = async (name: string, change: Partial<DirectoryUser>) => directory.set(id(name), change);
  const reset = async (name: string, mustChange = false) => {
    at += 1000;
    directory.reset(id(name), { mustChange });
    at += 1000;
  };
  return {
    reader: () => directory,
    add: async (name) => void ids.set(name, directory.add(name)),
    reset,
    change: reset,
    mustChange: (name) => set(name, { pwdLastSet: '0' }),
    disable: (name) => set(name, { userAccountControl: 514 }),
    lock: (name) => set(name, { lockoutTime: '134398853403072420' }),
    async rename(name, fresh) {
      directory.rename(id(name), fresh);
      ids.set(fresh, id(name));
    },
    move: (name) => set(name, { distinguishedName: `CN=${name},OU=Büro,${BASE_DN}` }),
    backUp: async () => {
      copy = directory.copy();
    },
    restore: async () => directory.restore(copy),
    now: () => at,
    close: async () => undefined,
  };
}

/** An account without any rights of its own reads it. */
async function sambaWorld(): Promise<World> {
  const server = await openSambaServer();
  const { admin } = server;
  const account = await admin.addUser('svc-keyturn', { password: 'Reader-Password-1' });
  const unit = await admin.addUnit('Büro');
  const dns = new Map<string, string>();
  const secrets = new Map<string, string>();
  const dn = (name: string) => dns.get(name) ?? '';
  const reset = async (name: string, mustChange = false) => {
    secrets.set(name, strong());
    await admin.reset(dn(name), secrets.get(name) ?? '');
    if (mustChange) await admin.mustChange(dn(name));
  };
  return {
    reader: () => readerOf(server, account),
    async add(name) {
      secrets.set(name, strong());
      dns.set(name, await admin.addUser(name, { password: secrets.get(name) }));
    },
    reset,
    async change(name) {
      const fresh = strong();
      await admin.change(dn(name), secrets.get(name) ?? '', fresh);
      secrets.set(name, fresh);
    },
    mustChange: (name) => admin.mustChange(dn(name)),
    disable: (name) => admin.disable(dn(name)),
    lock: (name) => admin.lock(dn(name)),
    async rename(name, fresh) {
      dns.set(fresh, await admin.rename(dn(name), fresh));
    },
    async move(name) {
      dns.set(name, await admin.move(dn(name), unit));
    },
    backUp: server.backUp,
    restore: server.restore,
    now: Date.now,
    close: server.close,
  };
}

const readerOf = ({ url, fingerprint }: SambaServer, account: string) =>
  createLdapDirectory({ url, account, password: 'Reader-Password-1', pin: fingerprint }, quietLog);

function expectations(open: () => Promise<World>) {
  let world: World;
  let watcher: Watcher;
  let count = 0;
  const fresh = async () => {
    const name = `user${++count}`;
    await world.add(name);
    return name;
  };
  beforeAll(async () => {
    world = await open();
    watcher = new Watcher(world.reader(), world.now);
    await watcher.look();
  });
  afterAll(async () => {
    await watcher.close();
    await world.close();
  });

  it.each<[string, (name: string) => Promise<void>]>([
    ['created', async () => undefined],
    ['renamed', (name) => world.rename(name, `${name}-neu`)],
    ['moved', (name) => world.move(name)],
    ['disabled', (name) => world.disable(name)],
    ['locked', (name) => world.lock(name)],
    ['told to change its password', (name) => world.mustChange(name)],
  ])('tells no reset of an account that was %s', async (_what, happens) => {
    const name = await fresh();
    expect(await watcher.look()).toEqual([]);
    await happens(name);
    expect(await watcher.look()).toEqual([]);
  });

  it.each<[string, (name: string) => Promise<void>, boolean]>([
    ['reset', (name) => world.reset(name), false],
    ['changed by its user', (name) => world.change(name), false],
    ['reset and to be changed', (name) => world.reset(name, true), true],
  ])('tells once that a password was %s', async (_what, happens, mustChange) => {
    const name = await fresh();
    await watcher.look();
    await happens(name);
    expect(await watcher.look()).toMatchObject([{ user: { samAccountName: name }, mustChange, times: 1 }]);
    expect(await watcher.look()).toEqual([]);
  });

  it('finds an account again that was renamed and moved before its reset', async () => {
    const name = await fresh();
    await watcher.look();
    await world.rename(name, 'Zoë Ångström');
    await world.move('Zoë Ångström');
    await world.reset('Zoë Ångström');
    const [reset] = await watcher.look();
    expect(reset?.user.distinguishedName).toBe(`CN=Zoë Ångström,OU=Büro,${BASE_DN}`);
  });

  it('gives a reset the same identity for two watchers', async () => {
    const name = await fresh();
    const other = new Watcher(world.reader(), world.now);
    await watcher.look();
    await other.look();
    await world.reset(name);
    const [one] = await watcher.look();
    const [two] = await other.look();
    expect(one && two && identityOf(one) === identityOf(two)).toBe(true);
    await other.close();
  });

  const resetMany = async (moved: () => void) => {
    const names = Array.from({ length: 500 }, (_, n) => `many${n}`);
    await eachMoves(moved, names, world.add);
    expect(await watcher.look()).toEqual([]);
    await eachMoves(moved, names, (name) => world.reset(name));
    const told = (await watcher.look()).map(({ user }) => user.samAccountName);
    expect(told.sort()).toEqual(names.sort());
    expect(await watcher.look()).toEqual([]);
  };
  it('tells each of 500 resets at once, and each one once', () => whileItMoves(resetMany), BY_PROGRESS_MS);

  it('compares all users of a restored domain controller, and tells only new resets', async () => {
    const [one, two] = [await fresh(), await fresh()];
    await watcher.look();
    await world.backUp();
    await watcher.look().catch(() => undefined);
    await world.reset(one);
    expect(await watcher.look()).toHaveLength(1);
    await world.restore();
    await watcher.look().catch(() => undefined);
    expect(await watcher.look()).toEqual([]);
    expect(watcher.told.at(-1)).toMatchObject({ type: 'directoryChanged', change: 'restored' });
    await world.reset(two);
    expect(await watcher.look()).toMatchObject([{ user: { samAccountName: two } }]);
  });
}

describe('a directory in memory', () => expectations(memoryWorld));
describeWith(sambaPart, 'a Samba domain controller', () => expectations(sambaWorld));
