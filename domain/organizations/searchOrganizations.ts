import type { IntegrationDeps } from '../integrations/integrationDeps';
import { openSource, usableIntegrations } from '../integrations/listIntegrations';
import type { Actor } from '../people/person';
import type { Needs } from '../stores/core';
import { withoutEndingForm } from './nameShape';
import type { Organization } from './organization';

/** An organization that a person may mean by a name, and where it was found. */
export interface FoundOrganization {
  integrationId: string;
  integrationName: string;
  organization: Organization;
}

const EACH = 3;
const PATIENCE_MS = 2_500;

/**
 * The organizations of all active integrations that match a typed name. The search only helps and never
 * holds anybody up: it leaves out an account that fails or takes too long, and all accounts for a person who
 * may not import.
 */
export async function searchOrganizations(
  deps: Pick<IntegrationDeps, 'sources' | 'vault'> & Needs<'integrations', 'log'>,
  actor: Actor,
  name: string,
): Promise<FoundOrganization[]> {
  if (!actor.permissions.has('organizations.import')) return [];
  const usable = await usableIntegrations(deps, actor);
  const found = await Promise.all(
    usable.map(async ({ id, name: integrationName }) => {
      const organizations = await patiently(searchOne(deps, id, name));
      return organizations.map((organization) => ({ integrationId: id, integrationName, organization }));
    }),
  );
  return found.flat().filter(({ organization }) => organization.state === 'active');
}

async function searchOne(
  deps: Pick<IntegrationDeps, 'sources' | 'vault'> & Needs<'integrations', 'log'>,
  integrationId: string,
  name: string,
): Promise<Organization[]> {
  try {
    const { source } = await openSource(deps, integrationId);
    return await source.search(withoutEndingForm(name), EACH);
  } catch (error) {
    deps.log.warn({ err: error, integration: integrationId }, 'organizations were not searched');
    return [];
  }
}

async function patiently(search: Promise<Organization[]>): Promise<Organization[]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<Organization[]>((resolve) => {
    timer = setTimeout(() => resolve([]), PATIENCE_MS);
  });
  try {
    return await Promise.race([search, late]);
  } finally {
    clearTimeout(timer);
  }
}
