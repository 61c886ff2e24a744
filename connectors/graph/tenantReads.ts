import type { Client } from '@microsoft/microsoft-graph-client';
import { z } from 'zod';
import { MicrosoftRefused } from '../../domain/tenants/ports';
import { read, readAll } from './graphClient';

const organizationSchema = z.object({
  id: z.string(),
  displayName: z.string().nullish(),
  verifiedDomains: z.array(z.object({ name: z.string(), isDefault: z.boolean().nullish() })).nullish(),
  /** null = never synced, false = no longer; missing = not told. */
  onPremisesSyncEnabled: z.boolean().nullish(),
  onPremisesLastSyncDateTime: z.string().nullish(),
  onPremisesLastPasswordSyncDateTime: z.string().nullish(),
});

export type Organization = z.infer<typeof organizationSchema>;

/** All properties, unselected: a property that Graph does not know makes a selection fail. Throws MicrosoftRefused. */
export async function readOrganization(client: Client): Promise<Organization> {
  const { value } = await read(client, '/organization', z.object({ value: z.array(organizationSchema) }));
  const [organization] = value;
  if (!organization) throw new MicrosoftRefused('other');
  return organization;
}

/** The default domain first. */
export const domainsOf = ({ verifiedDomains }: Organization): string[] =>
  [...(verifiedDomains ?? [])]
    .sort((a, b) => Number(b.isDefault ?? false) - Number(a.isDefault ?? false))
    .map(({ name }) => name);

const assignmentSchema = z.object({
  roleDefinitionId: z.string(),
  directoryScopeId: z.string().nullish(),
});

/** Template ids of the roles that this principal holds in the whole tenant, not in a part of it. */
export async function readRoleIds(client: Client, principalId: string): Promise<string[]> {
  const filter = encodeURIComponent(`principalId eq '${principalId.replaceAll("'", "''")}'`);
  const path = `/roleManagement/directory/roleAssignments?$filter=${filter}`;
  const assignments = await readAll(client, path, assignmentSchema);
  return assignments
    .filter(({ directoryScopeId }) => directoryScopeId === '/')
    .map(({ roleDefinitionId }) => roleDefinitionId);
}

/** Throws MicrosoftRefused when users cannot be read. */
export async function readAnyUser(client: Client): Promise<void> {
  await read(client, '/users?$top=1&$select=id', z.object({ value: z.array(z.object({ id: z.string() })) }));
}

const SYNCED = 'onPremisesSyncEnabled eq true';
const CLOUD_ONLY = 'onPremisesSyncEnabled ne true';

export const countSynced = (client: Client): Promise<number> => countUsers(client, SYNCED);
export const countCloudOnly = (client: Client): Promise<number> => countUsers(client, CLOUD_ONLY);

function countUsers(client: Client, filter: string): Promise<number> {
  const path = `/users/$count?$filter=${encodeURIComponent(filter)}&$count=true`;
  return read(client, path, z.coerce.number().int().nonnegative(), { ConsistencyLevel: 'eventual' });
}
