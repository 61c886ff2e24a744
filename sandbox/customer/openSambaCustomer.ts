import { randomUUID } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { createLdapDirectory } from '../../agent/directory/ldapDirectory';
import { createLog } from '../../agent/log';
import type { DirectoryUser } from '../../domain/agentProtocol/directoryUser';
import { openSambaServer, type SambaServer } from '../samba/sambaServer';
import { baseDnOf } from '../samba/sambaTemplate';
import { type CustomerDirectory, type SecurityLog, UnknownUser } from './customerDirectory';
import { FABRIKAM, type NewUser } from './fabrikamUsers';

const SERVICE_ACCOUNT = 'svc-keyturn';
/** Satisfies every password policy; nobody has to know it. */
const anyPassword = () => `Aa1-${randomUUID()}`;

/**
 * A real domain controller, stored in `folder`. The first start creates its users, which takes some seconds;
 * an unfinished one is repeated from the beginning. Samba must be installed.
 */
export async function openSambaCustomer(
  folder: string,
  users: readonly NewUser[],
  securityLog: SecurityLog,
): Promise<CustomerDirectory> {
  const madeFile = join(folder, 'made');
  if (!existsSync(madeFile)) await rm(folder, { recursive: true, force: true });
  const samba = await openSambaServer({ domain: FABRIKAM, folder });
  const { admin, url, caFile: ca } = samba;
  const account = `${SERVICE_ACCOUNT}@${FABRIKAM}`;
  try {
    const agent = { url, account, ca, password: await madePassword(samba, madeFile, users) };
    const open: CustomerDirectory['open'] = (log) => createLdapDirectory(agent, log);
    const reader = open(createLog((line) => process.stderr.write(`sandbox: ${line}`)));
    const list = async () => {
      const found: DirectoryUser[] = [];
      for await (const page of reader.usersSince(0n)) found.push(...page.map(({ user }) => user));
      return found.filter(({ mail, displayName }) => mail || displayName);
    };
    return {
      name: `dc1.${FABRIKAM} (Samba at ${url})`,
      agent,
      open,
      users: list,
      async setPassword(name, way) {
        const user = (await list()).find(({ samAccountName }) => samAccountName === name);
        if (!user) throw new UnknownUser(name);
        securityLog.note(name, way);
        const reset = way === 'mustChange' ? admin.resetMustChange : admin.reset;
        await reset(user.distinguishedName, anyPassword());
      },
      async close() {
        await reader.close();
        await samba.close();
      },
    };
  } catch (error) {
    await samba.close();
    throw error;
  }
}

/** The service account's password; `madeFile` holds it once all users exist. */
async function madePassword(
  samba: SambaServer,
  madeFile: string,
  users: readonly NewUser[],
): Promise<string> {
  if (existsSync(madeFile)) return readFileSync(madeFile, 'utf8');
  const { admin } = samba;
  const password = anyPassword();
  await admin.addUser(SERVICE_ACCOUNT, {
    password,
    more: { userPrincipalName: [`${SERVICE_ACCOUNT}@${FABRIKAM}`] },
  });
  await admin.addUnit('Staff');
  for (const user of users) await make(samba, user);
  writeFileSync(madeFile, password, { mode: 0o600 });
  return password;
}

async function make({ admin }: SambaServer, user: NewUser): Promise<void> {
  const { samAccountName, displayName, userPrincipalName, mail, consistencyGuid } = user;
  const text = { sAMAccountName: samAccountName, displayName, userPrincipalName, mail };
  const given = Object.entries(text).flatMap(([name, value]) => (value ? [[name, [value]]] : []));
  const target = await admin.addUser(displayName, {
    password: anyPassword(),
    parent: `OU=Staff,${baseDnOf(FABRIKAM)}`,
    more: Object.fromEntries(given),
  });
  if (consistencyGuid)
    await admin.set(target, { 'mS-DS-ConsistencyGuid': [Buffer.from(consistencyGuid, 'base64')] });
  if (user.userAccountControl)
    await admin.set(target, { userAccountControl: [`${user.userAccountControl}`] });
  if (user.adminCount) await admin.addToGroup(target, `CN=Domain Admins,CN=Users,${baseDnOf(FABRIKAM)}`);
  if (user.mustChange) await admin.mustChange(target);
}
