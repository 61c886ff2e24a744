import { readFileSync } from 'node:fs';
import { Attribute, Change, Client } from 'ldapts';
import { SambaFault } from './sambaFault';
import { LOCKOUT_AFTER } from './sambaTemplate';

export interface SambaAdminSettings {
  url: string;
  caFile: string;
  baseDn: string;
  password: string;
}

/**
 * Hundreds of questions may wait on one connection to a server on a busy machine. The tests limit themselves
 * by their progress instead.
 */
const ANSWER_MS = 30 * 60_000;
const NORMAL = 512;
const DISABLED = 514;

/** What an administrator does with users, named by distinguished name, over LDAPS. */
export type SambaAdmin = ReturnType<typeof openSambaAdmin>;

export function openSambaAdmin(settings: SambaAdminSettings) {
  const connection = connectionOf(settings);
  const passwords = passwordsBy(connection);
  const { dn, users, set, close } = connection;
  return {
    dn,
    password: settings.password,
    users,
    set,
    close,
    ...passwords,
    ...accountsBy(connection, settings.baseDn, passwords),
  };
}

function connectionOf({ url, caFile, baseDn, password }: SambaAdminSettings) {
  const open = () =>
    new Client({ url, timeout: ANSWER_MS, autoRebind: true, tlsOptions: { ca: readFileSync(caFile) } });
  const users = `CN=Users,${baseDn}`;
  const dn = `CN=Administrator,${users}`;
  const client = open();
  const bound = async () => {
    if (!client.isBound) await client.bind(dn, password);
    return client;
  };
  const set = async (target: string, values: Record<string, string[] | Buffer[]>) =>
    (await bound()).modify(
      target,
      Object.entries(values).map(([type, held]) => replace(type, held)),
    );
  return { open, users, dn, bound, set, close: () => client.unbind() };
}
type Connection = ReturnType<typeof connectionOf>;

const passwordsBy = ({ open, bound, set }: Connection) => ({
  /** Throws ldapts' ConstraintViolationError for a weak password. */
  reset: (target: string, fresh: string) => set(target, { unicodePwd: [quoted(fresh)] }),
  /** In one request, as the tools of Windows do it. */
  resetMustChange: (target: string, fresh: string) =>
    set(target, { unicodePwd: [quoted(fresh)], pwdLastSet: ['0'] }),
  /** Changes the password as the user does, with the old one. */
  async change(target: string, old: string, fresh: string) {
    const own = open();
    try {
      await own.bind(target, old);
      await own.modify(target, [
        new Change({ operation: 'delete', modification: passwordValue(old) }),
        new Change({ operation: 'add', modification: passwordValue(fresh) }),
      ]);
    } finally {
      await own.unbind();
    }
  },
  mustChange: (target: string) => set(target, { pwdLastSet: ['0'] }),
  /**
   * Locks the account with wrong passwords, as in real life. Throws SambaFault when it is not locked after
   * that.
   */
  async lock(target: string) {
    for (let tries = 0; tries < LOCKOUT_AFTER; tries++) {
      const guess = open();
      await guess.bind(target, 'wrong').catch(() => undefined);
      await guess.unbind();
    }
    const client = await bound();
    const { searchEntries } = await client.search(target, { scope: 'base', attributes: ['lockoutTime'] });
    if (!(Number(searchEntries[0]?.lockoutTime) > 0)) throw new SambaFault(`${target} is not locked`);
  },
});

const accountsBy = (
  { bound, set, users }: Connection,
  baseDn: string,
  { reset }: ReturnType<typeof passwordsBy>,
) => ({
  /**
   * Adds a user in `parent`, or in CN=Users. Returns the distinguished name. Without a password the user
   * cannot sign in.
   */
  async addUser(
    name: string,
    options: { password?: string; parent?: string; more?: Record<string, string[]> } = {},
  ) {
    const target = `CN=${name},${options.parent ?? users}`;
    const values = { objectClass: ['user'], sAMAccountName: [name], ...options.more };
    await (await bound()).add(target, values);
    if (options.password) {
      await reset(target, options.password);
      await set(target, { userAccountControl: [`${NORMAL}`] });
    }
    return target;
  },
  /** In one request, with a password that must be changed. Returns the distinguished name. */
  async addWithPassword(name: string, password: string) {
    const target = `CN=${name},${users}`;
    await (await bound()).add(target, [
      new Attribute({ type: 'objectClass', values: ['user'] }),
      new Attribute({ type: 'sAMAccountName', values: [name] }),
      new Attribute({ type: 'userAccountControl', values: [`${NORMAL}`] }),
      passwordValue(password),
      new Attribute({ type: 'pwdLastSet', values: ['0'] }),
    ]);
    return target;
  },
  addComputer: async (name: string) =>
    (await bound()).add(`CN=${name},CN=Computers,${baseDn}`, {
      objectClass: ['computer'],
      sAMAccountName: [`${name}$`],
      userAccountControl: ['4096'],
    }),
  async addUnit(name: string, parent = baseDn) {
    await (await bound()).add(`OU=${name},${parent}`, { objectClass: ['organizationalUnit'] });
    return `OU=${name},${parent}`;
  },
  async addGroup(name: string, parent: string) {
    await (await bound()).add(`CN=${name},${parent}`, { objectClass: ['group'], sAMAccountName: [name] });
    return `CN=${name},${parent}`;
  },
  disable: (target: string) => set(target, { userAccountControl: [`${DISABLED}`] }),
  /** Returns the new distinguished name. */
  async rename(target: string, name: string) {
    const parent = target.slice(target.indexOf(',') + 1);
    await (await bound()).modifyDN(target, `CN=${name},${parent}`);
    return `CN=${name},${parent}`;
  },
  async move(target: string, parent: string) {
    const moved = `${target.slice(0, target.indexOf(','))},${parent}`;
    await (await bound()).modifyDN(target, moved);
    return moved;
  },
  addToGroup: async (target: string, group: string) =>
    (await bound()).modify(group, [new Change({ operation: 'add', modification: memberValue(target) })]),
  removeFromGroup: async (target: string, group: string) =>
    (await bound()).modify(group, [new Change({ operation: 'delete', modification: memberValue(target) })]),
  remove: async (target: string) => (await bound()).del(target),
});

const replace = (type: string, values: string[] | Buffer[]) =>
  new Change({ operation: 'replace', modification: new Attribute({ type, values }) });

const memberValue = (target: string) => new Attribute({ type: 'member', values: [target] });

const passwordValue = (password: string) => new Attribute({ type: 'unicodePwd', values: [quoted(password)] });

/** The form that Active Directory requires: in quotes, UTF-16. */
const quoted = (password: string) => Buffer.from(`"${password}"`, 'utf16le');
