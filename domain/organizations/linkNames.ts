import { audited } from '../audit/recordAudit';
import { activeCustomer } from '../customers/changeCustomer';
import type { Customer } from '../customers/customer';
import { parseCustomerName } from '../customers/customerName';
import { renameCustomer } from '../customers/renameCustomer';
import { conflict, notFound } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Random, Stored } from '../ports';
import type { Needs } from '../stores/core';
import { unlessChanged } from '../stores/retried';
import type { OrganizationLink } from './organization';
import type { OrganizationLinkDeps } from './putLink';

interface NameRequest {
  linkId: string;
  /** The name at the vendor that the person saw when deciding. */
  theirName: string;
  requestId: string;
}

export const linkGone = () => notFound('That link is not there any more. Look at the customer again.');

/**
 * Renames the customer to its organization's name, by the rules of renaming one. Throws
 * invalidInput, conflict, notFound.
 */
export async function takeTheirs(
  deps: OrganizationLinkDeps & { random: Random },
  actor: Actor,
  request: NameRequest,
): Promise<Stored<Customer>> {
  permit(actor, 'customers.write');
  const { link, customer } = await seenLink(deps, request);
  const before = customer.value.name;
  const name = parseCustomerName(link.value.upstream.name);
  if (before === name) return customer;
  const entry = { action: 'organization.takeTheirs', target: before, customerId: customer.id } as const;
  return audited(deps, actor, request.requestId, { ...entry, before, after: name }, () =>
    renameCustomer(deps, actor, { customerId: customer.id, name, requestId: request.requestId }),
  );
}

/**
 * Keeps the customer's name although it differs upstream; we ask again only when the name there
 * changes once more.
 */
export async function keepOurs(
  deps: OrganizationLinkDeps,
  actor: Actor,
  request: NameRequest,
): Promise<Stored<OrganizationLink>> {
  permit(actor, 'customers.write');
  const { link, customer } = await seenLink(deps, request);
  const { name } = link.value.upstream;
  if (link.value.keptOursOver === name) return link;
  const entry = { action: 'organization.keepOurs', customerId: customer.id, before: name } as const;
  const words = { target: customer.value.name, after: customer.value.name };
  return audited(deps, actor, request.requestId, { ...entry, ...words }, async () => {
    const kept = { ...link.value, keptOursOver: name };
    const written = await unlessChanged(deps.stores.links.replace(link, kept));
    if (!written) throw nameChanged();
    return written;
  });
}

const nameChanged = () =>
  conflict('The name there just changed again. Look at the customer again, then decide.');

async function seenLink(deps: Needs<'links' | 'customers'>, request: NameRequest) {
  const link = await deps.stores.links.get(request.linkId);
  if (!link) throw linkGone();
  if (link.value.upstream.name !== request.theirName) throw nameChanged();
  return { link, customer: await activeCustomer(deps.stores.customers, link.value.customerId) };
}
