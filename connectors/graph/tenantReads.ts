import { z } from 'zod';
import { MicrosoftRefused } from '../../domain/tenants/refusals/microsoftRefused';
import { type Graph, read } from './graphClient';
import { readPages, readWhole } from './readPages';

const domainSchema = z.object({ name: z.string(), isDefault: z.boolean().nullish().catch(undefined) });
const text = z.string().nullish().catch(undefined);

/** A value in an unknown form counts as missing; only the id is required. */
const organizationSchema = z.object({
  id: z.string(),
  displayName: text,
  verifiedDomains: z.array(domainSchema.nullable().catch(null)).nullish().catch(undefined),
  /** null = never synced, false = no longer synced, missing = unknown. */
  onPremisesSyncEnabled: z.boolean().nullish().catch(undefined),
  onPremisesLastSyncDateTime: text,
  onPremisesLastPasswordSyncDateTime: text,
});

export type Organization = z.infer<typeof organizationSchema>;

/**
 * Reads all properties without a selection, because a selection fails on a property that Graph does not know.
 * Throws MicrosoftRefused.
 */
export async function readOrganization(client: Graph): Promise<Organization> {
  const { entries } = await readPages(client, '/organization', organizationSchema, { most: 1 });
  const [organization] = entries;
  if (!organization) throw new MicrosoftRefused('other');
  return organization;
}

/** The default domain first. */
export const domainsOf = ({ verifiedDomains }: Organization): string[] =>
  (verifiedDomains ?? [])
    .filter((domain) => domain !== null)
    .sort((a, b) => Number(b.isDefault ?? false) - Number(a.isDefault ?? false))
    .map(({ name }) => name);

const assignmentSchema = z.object({ roleDefinitionId: z.string(), directoryScopeId: z.string().nullish() });

/**
 * Template ids of the roles that this principal holds in the whole tenant; roles in a part of it do not
 * count. Throws MicrosoftRefused when not all of them can be read.
 */
export async function readRoleIds(client: Graph, principalId: string): Promise<string[]> {
  const filter = encodeURIComponent(`principalId eq '${principalId.replaceAll("'", "''")}'`);
  const path = `/roleManagement/directory/roleAssignments?$filter=${filter}`;
  const assignments = await readWhole(client, path, assignmentSchema);
  return assignments
    .filter(({ directoryScopeId }) => directoryScopeId === '/')
    .map(({ roleDefinitionId }) => roleDefinitionId);
}

/** Throws MicrosoftRefused when users cannot be read. */
export async function readAnyUser(client: Graph): Promise<void> {
  await read(client, '/users?$top=1&$select=id', z.object({ value: z.array(z.object({ id: z.string() })) }));
}

const SYNCED = 'onPremisesSyncEnabled eq true';
const CLOUD_ONLY = 'onPremisesSyncEnabled ne true';

export const countSynced = (client: Graph): Promise<number> => countUsers(client, SYNCED);
export const countCloudOnly = (client: Graph): Promise<number> => countUsers(client, CLOUD_ONLY);

/** Graph writes a count as bare text. An empty answer is no count. */
const count = z
  .union([
    z.number(),
    z
      .string()
      .trim()
      .regex(/^\d{1,12}$/)
      .transform(Number),
  ])
  .pipe(z.number().int().nonnegative());

function countUsers(client: Graph, filter: string): Promise<number> {
  const path = `/users/$count?$filter=${encodeURIComponent(filter)}&$count=true`;
  return read(client, path, count, { ConsistencyLevel: 'eventual' });
}
