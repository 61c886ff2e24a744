import type { Client } from 'ldapts';
import { sidOf } from './binaryIds';
import { readEntry } from './rootEntry';

/**
 * The groups that administer a domain, by the last part of their SIDs, which is the same on every Windows.
 */
const OF_DOMAIN = [
  498, // Enterprise Read-only Domain Controllers
  512, // Domain Admins
  516, // Domain Controllers
  518, // Schema Admins
  519, // Enterprise Admins
  520, // Group Policy Creator Owners
  521, // Read-only Domain Controllers
  526, // Key Admins
  527, // Enterprise Key Admins
];
const BUILT_IN = [
  544, // Administrators
  548, // Account Operators
  549, // Server Operators
  550, // Print Operators
  551, // Backup Operators
  552, // Replicator
].map((id) => `S-1-5-32-${id}`);

/** Distinguished names in lower case, in the language of that directory. */
export type PrivilegedGroups = ReadonlySet<string>;

/**
 * The privileged groups of the domain at `base` that the account may see. Groups of other domains are known
 * only by name.
 */
export async function findPrivilegedGroups(client: Client, base: string): Promise<PrivilegedGroups> {
  const sid = (await readEntry(client, base, ['objectSid'], ['objectSid']))?.objectSid;
  const domain = Buffer.isBuffer(sid) && sid.length > 0 ? sidOf(sid) : undefined;
  const sids = [...BUILT_IN, ...(domain ? OF_DOMAIN.map((id) => `${domain}-${id}`) : [])];
  const filter = `(&(objectCategory=group)(|${sids.map((one) => `(objectSid=${one})`).join('')}))`;
  const { searchEntries } = await client.search(base, { scope: 'sub', filter, attributes: ['objectSid'] });
  return new Set(searchEntries.map(({ dn }) => dn.toLowerCase()));
}

/** Whether a user's primary group is privileged; memberOf does not list the primary group. */
export const isPrivilegedId = (primaryGroupId: number): boolean => OF_DOMAIN.includes(primaryGroupId);
