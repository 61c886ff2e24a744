import { audited } from '../audit/recordAudit';
import { activeCustomer } from '../customers/changeCustomer';
import { knownIntegration } from '../integrations/changeIntegration';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import { linkGone } from './linkNames';
import { linkIdOf, type Organization, type OrganizationLink } from './organization';
import { dropDeadLinks, newLink, type OrganizationLinkDeps, putLink } from './putLink';

/**
 * Links a customer to an organization that was just read from the integration; a repeat finds the work of the
 * first request. Deletes a link to the same organization through an integration that was removed. Throws
 * notFound, and conflict when either of them is linked elsewhere.
 */
export async function linkOrganization(
  deps: OrganizationLinkDeps,
  actor: Actor,
  request: { customerId: string; integrationId: string; organization: Organization; requestId: string },
): Promise<Stored<OrganizationLink>> {
  permit(actor, 'customers.write');
  const { customerId, integrationId, organization } = request;
  const customer = await activeCustomer(deps.stores.customers, customerId);
  const integration = await knownIntegration(deps.stores.integrations, integrationId);
  const known = await deps.stores.links.get(linkIdOf(integrationId, organization.id));
  if (known?.value.customerId === customerId) return known;
  const after = `${organization.name} (${integration.value.name})`;
  const entry = { action: 'organization.link', target: customer.value.name, customerId, after } as const;
  return audited(deps, actor, request.requestId, entry, async () => {
    const link = newLink(customerId, integrationId, organization, { actor, at: deps.clock.now() });
    const linked = await putLink(deps, link);
    await dropDeadLinks(deps, link);
    return linked;
  });
}

/**
 * Deletes the link; nothing changes upstream, and the customer stays. A repeat finds the work of
 * the first request.
 */
export async function unlinkOrganization(
  deps: OrganizationLinkDeps,
  actor: Actor,
  request: { linkId: string; requestId: string },
): Promise<{ customerId: string; organizationName: string }> {
  permit(actor, 'customers.write');
  const link = await deps.stores.links.get(request.linkId);
  const earlier = link ? undefined : await deps.stores.audit.get(`${request.requestId}:organization.unlink`);
  if (earlier?.value.outcome === 'done')
    return { customerId: earlier.value.customerId ?? '', organizationName: earlier.value.before ?? '' };
  if (!link) throw linkGone();
  const { customerId, upstream } = link.value;
  const target = (await deps.stores.customers.get(customerId))?.value.name ?? customerId;
  const entry = { action: 'organization.unlink', target, customerId, before: upstream.name } as const;
  return audited(deps, actor, request.requestId, entry, async () => {
    await deps.stores.links.remove(link.id);
    return { customerId, organizationName: upstream.name };
  });
}
