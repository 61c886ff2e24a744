import type { Client } from 'ldapts';
import { DirectoryFault } from '../ports';
import { type LdapSettings, openLdapConnection } from './ldapConnection';
import { findPrivilegedGroups, type PrivilegedGroups } from './privilegedGroups';
import { type RootEntry, readRoot } from './rootEntry';

/**
 * A connection that has shown that it can read users, with all that is needed to understand what it reads.
 */
export interface Session {
  client: Client;
  privileged: PrivilegedGroups;
  /** The name of the domain, below which its users are. */
  base: string;
  /** By the domain controller's clock. */
  openedAt: number;
}

/** How often the agent checks rights and groups again. */
const SESSION_MS = 60 * 60_000;

export const isOver = ({ openedAt }: Session, { currentTime }: RootEntry): boolean =>
  Math.abs(currentTime - openedAt) > SESSION_MS;

/**
 * Accounts of people: no computers, no service accounts of groups (they are computers), no trusts
 * (UF_INTERDOMAIN_TRUST_ACCOUNT). For an account that may not read these attributes it matches nobody, and
 * the domain controller does not say so.
 */
export const usersFrom = (usn: bigint) =>
  '(objectCategory=person)(objectClass=user)(!(objectClass=computer))' +
  `(!(userAccountControl:1.2.840.113556.1.4.803:=2048))(uSNChanged>=${usn})`;

/**
 * Throws DirectoryFault 'refused' also when the account is shown too little of every user: then no reset
 * would be seen.
 */
export async function openSession(settings: LdapSettings): Promise<Session> {
  const client = await openLdapConnection(settings);
  try {
    const root = await readRoot(client);
    await requireSight(client, root);
    const privileged = await findPrivilegedGroups(client, root.defaultNamingContext);
    return { client, privileged, base: root.defaultNamingContext, openedAt: root.currentTime };
  } catch (error) {
    // The first fault counts more than the way the connection ended.
    await client.unbind().catch(() => undefined);
    throw error;
  }
}

/**
 * An account can always read itself, and every domain has an administrator and krbtgt with a password. So
 * fewer than two users mean that the account sees none.
 */
async function requireSight(client: Client, { defaultNamingContext, dnsHostName }: RootEntry): Promise<void> {
  const { searchEntries } = await client.search(defaultNamingContext, {
    scope: 'sub',
    filter: `(&${usersFrom(0n)}(pwdLastSet=*))`,
    attributes: ['pwdLastSet'],
    sizeLimit: 2,
  });
  if (searchEntries.length > 1) return;
  throw new DirectoryFault(
    'refused',
    `${dnsHostName} shows the service account uSNChanged, userAccountControl and pwdLastSet of no other user, so no reset could be seen. Give it the right to read them: active-directory-rights.md says how.`,
  );
}
