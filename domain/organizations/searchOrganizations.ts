import type { Customer } from '../customers/customer';
import type { IntegrationDeps } from '../integrations/integrationDeps';
import { openSource, usableIntegrations } from '../integrations/listIntegrations';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { withoutEndingForm } from './nameShape';
import { linkIdOf, type Organization } from './organization';

/** An organization that a person may mean by a name, and where it was found. */
export interface FoundOrganization {
  integrationId: string;
  integrationName: string;
  organization: Organization;
}

/** The organizations that a name may mean; `linked` more of that name have a customer already. */
export interface FoundOrganizations {
  found: FoundOrganization[];
  linked: number;
}

const EACH = 3;
/** Asked for at each account, since those that are linked already are left out. */
const ASKED = 10;
const PATIENCE_MS = 2_500;

type Deps = Pick<IntegrationDeps, 'sources' | 'vault'> & Needs<'integrations' | 'links' | 'customers', 'log'>;

/**
 * The organizations of all active integrations that match a typed name and have no customer yet. The search
 * only helps and never holds anybody up: it leaves out an account that fails or takes too long, and all
 * accounts for a person who may not import.
 */
export async function searchOrganizations(
  deps: Deps,
  actor: Actor,
  name: string,
): Promise<FoundOrganizations> {
  if (!actor.permissions.has('organizations.import')) return { found: [], linked: 0 };
  const usable = await usableIntegrations(deps, actor);
  const found = await Promise.all(usable.map((integration) => searchOne(deps, integration, name)));
  return {
    found: found.flatMap((each) => each.found),
    linked: found.reduce((sum, each) => sum + each.linked, 0),
  };
}

async function searchOne(
  deps: Deps,
  { id: integrationId, name: integrationName }: { id: string; name: string },
  name: string,
): Promise<FoundOrganizations> {
  const organizations = (await patiently(matching(deps, integrationId, name))).filter(
    ({ state }) => state === 'active',
  );
  const rows = organizations.map((organization) => ({ integrationId, integrationName, organization }));
  const customers = await Promise.all(rows.map((row) => customerOfOrganization(deps, row)));
  const free = rows.filter((_row, index) => !customers[index]);
  return { found: free.slice(0, EACH), linked: rows.length - free.length };
}

/** The active customer that has this organization. */
async function customerOfOrganization(
  { stores: { links, customers } }: Needs<'links' | 'customers'>,
  { integrationId, organization }: Pick<FoundOrganization, 'integrationId' | 'organization'>,
): Promise<Stored<Customer> | undefined> {
  const link = await links.get(linkIdOf(integrationId, organization.id));
  const customer = link && (await customers.get(link.value.customerId));
  return customer?.value.status === 'active' ? customer : undefined;
}

async function matching(
  deps: Pick<IntegrationDeps, 'sources' | 'vault'> & Needs<'integrations', 'log'>,
  integrationId: string,
  name: string,
): Promise<Organization[]> {
  try {
    const { source } = await openSource(deps, integrationId);
    return await source.search(withoutEndingForm(name), ASKED);
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
