import { conflict, DuplicateKey } from '../errors';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import { put } from '../stores/change';
import type { Needs } from '../stores/core';
import type { Stores } from '../stores/stores';
import { linkIdOf, type Organization, type OrganizationLink } from './organization';

export type OrganizationLinkDeps = Needs<
  'customers' | 'deliveries' | 'integrations' | 'links' | 'audit',
  'clock'
>;

/** Makes the link of a customer to an organization that was just read. */
export function newLink(
  customerId: string,
  integrationId: string,
  organization: Organization,
  by: { actor: Pick<Actor, 'id' | 'name'>; at: number },
): OrganizationLink {
  const { id: organizationId, name, url, state } = organization;
  return {
    customerId,
    integrationId,
    organizationId,
    upstream: { name, ...(url && { url }), state, seenAt: by.at },
    linkedAt: by.at,
    linkedBy: { id: by.actor.id, name: by.actor.name },
  };
}

/**
 * Writes a link, or finds that it exists. It takes over the link of a removed customer. Throws conflict when
 * the organization has another customer, or the customer another organization of the integration.
 */
export async function putLink(
  deps: Needs<'customers' | 'links'>,
  link: OrganizationLink,
): Promise<Stored<OrganizationLink>> {
  const id = linkIdOf(link.integrationId, link.organizationId);
  const unlessOwned = async (known: OrganizationLink | undefined): Promise<OrganizationLink> => {
    if (!known) return link;
    if (known.customerId === link.customerId) return known;
    const owner = await deps.stores.customers.get(known.customerId);
    if (owner?.value.status !== 'active') return link;
    throw conflict(`${known.upstream.name} is linked to the customer ${owner.value.name} already.`);
  };
  try {
    return await put(deps.stores.links, id, unlessOwned);
  } catch (error) {
    if (error instanceof DuplicateKey) throw await otherOrganization(deps.stores.links, link, error);
    throw error;
  }
}

async function otherOrganization(
  links: Stores['links'],
  { customerId, integrationId }: OrganizationLink,
  cause: unknown,
) {
  const other = await links.find('customerAndIntegration', `${customerId}|${integrationId}`);
  const name = other?.value.upstream.name;
  return conflict(
    `That customer is linked to ${name ? `“${name}”` : 'another organization'} of this integration already. Unlink that one first.`,
    cause,
  );
}

/** Deletes links to the same organization through an earlier integration that was removed and added again. */
export async function dropDeadLinks(
  deps: Needs<'integrations' | 'links'>,
  link: OrganizationLink,
): Promise<void> {
  const { items } = await deps.stores.links.list({ where: { customerId: link.customerId }, limit: 100 });
  for (const { id, version, value } of items) {
    const same = value.organizationId === link.organizationId && value.integrationId !== link.integrationId;
    if (same && !(await deps.stores.integrations.get(value.integrationId)))
      await deps.stores.links.remove(id, version);
  }
}
