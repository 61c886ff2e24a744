import type { Client } from 'ldapts';
import { sidOf } from './binaryIds';
import { readEntry } from './rootEntry';

/** The groups that administer a domain, by what every Windows calls them alike: the last part of their SIDs. */
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

/** Distinguished names in lower case, whatever the groups are called there. */
export type PrivilegedGroups = ReadonlySet<string>;

/** Those of the domain at `base` that the account may see; the groups of other domains are known by their names alone. */
export async function findPrivilegedGroups(client: Client, base: string): Promise<PrivilegedGroups> {
  const sid = (await readEntry(client, base, ['objectSid'], ['objectSid']))?.objectSid;
  const domain = Buffer.isBuffer(sid) && sid.length > 0 ? sidOf(sid) : undefined;
  const sids = [...BUILT_IN, ...(domain ? OF_DOMAIN.map((id) => `${domain}-${id}`) : [])];
  const filter = `(&(objectCategory=group)(|${sids.map((one) => `(objectSid=${one})`).join('')}))`;
  const { searchEntries } = await client.search(base, { scope: 'sub', filter, attributes: ['objectSid'] });
  return new Set(searchEntries.map(({ dn }) => dn.toLowerCase()));
}

/** Of a user's primary group, which is not among those that the user is a member of. */
export const isPrivilegedId = (primaryGroupId: number): boolean => OF_DOMAIN.includes(primaryGroupId);
