import { nameKeyOf } from '../customers/customerName';
import type { Integration } from '../integrations/integration';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import type { OrganizationLink } from './organization';

export type LinkNotice =
  | 'archived'
  | 'inactive'
  | 'gone'
  | 'merged'
  | 'integrationRemoved'
  | 'integrationPaused';

/** What a customer's card shows of one link. */
export interface OrganizationLinkFacts {
  linkId: string;
  organizationId: string;
  /** The organization's name there, as we saw it last. */
  organizationName: string;
  /** Its page at the vendor; absent when the organization is gone. */
  url?: string;
  /** Absent when somebody removed the integration. */
  integration?: { id: string; name: string; kind: Integration['kind'] };
  /**
   * The names differ and nobody decided about `theirs` yet: the card offers 'take theirs' and 'keep ours'.
   */
  nameDiffers?: { theirs: string; ours: string };
  notices: LinkNotice[];
  /** With 'merged': the organization that seems to replace it. */
  mergedInto?: { organizationId: string; name: string };
}

export function linkView(
  link: Stored<OrganizationLink>,
  customerName: string,
  integration: Stored<Integration> | undefined,
): OrganizationLinkFacts {
  const { upstream, organizationId } = link.value;
  const gone = upstream.state === 'gone';
  return {
    linkId: link.id,
    organizationId,
    organizationName: upstream.name,
    ...(upstream.url && !gone && { url: upstream.url }),
    ...(integration && {
      integration: { id: integration.id, name: integration.value.name, kind: integration.value.kind },
    }),
    ...(integration && !gone && nameDiffers(link.value, customerName)),
    notices: noticesOf(link.value, integration?.value),
    ...(upstream.mergedInto && { mergedInto: upstream.mergedInto }),
  };
}

function nameDiffers({ upstream, keptOursOver }: OrganizationLink, ours: string) {
  const theirs = upstream.name;
  const same = nameKeyOf(theirs) === nameKeyOf(ours) || nameKeyOf(theirs) === '';
  return same || theirs === keptOursOver ? {} : { nameDiffers: { theirs, ours } };
}

function noticesOf({ upstream }: OrganizationLink, integration: Integration | undefined): LinkNotice[] {
  if (!integration) return ['integrationRemoved'];
  const paused: LinkNotice[] = integration.state === 'paused' ? ['integrationPaused'] : [];
  if (upstream.state === 'active') return paused;
  return [...paused, upstream.mergedInto ? 'merged' : upstream.state];
}

/** The links of a customer, for its card. */
export async function linksOf(
  deps: Needs<'links' | 'integrations'>,
  actor: Actor,
  customer: { id: string; name: string },
): Promise<OrganizationLinkFacts[]> {
  permit(actor, 'customers.read');
  const { items } = await deps.stores.links.list({ where: { customerId: customer.id }, limit: 20 });
  return Promise.all(
    items.map(async (link) =>
      linkView(link, customer.name, await deps.stores.integrations.get(link.value.integrationId)),
    ),
  );
}
