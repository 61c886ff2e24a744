import { audited } from '../audit/recordAudit';
import { addCustomer, type CustomerDeps } from '../customers/addCustomer';
import type { Customer } from '../customers/customer';
import { KeyturnError } from '../errors';
import { linkIdOf } from '../organizations/organization';
import { dropDeadLinks, newLink, putLink } from '../organizations/putLink';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import type { ImportRow } from './importRun';
import { unusableName } from './unusableName';

export type ApplyDeps = CustomerDeps & Needs<'links' | 'integrations'>;

export type RowResult = NonNullable<ImportRow['result']>;

/** The request that makes an organization's customer: always the same one. */
const requestOf = (integrationId: string, organizationId: string): string =>
  `import:${integrationId}:${organizationId}`;

/**
 * Does what a person chose for one row. A repeat finds what the first try made; a row that cannot be done
 * gets a result with its reason. Undefined for a row that was linked before and offered no choice.
 */
export async function applyRow(
  deps: ApplyDeps,
  actor: Actor,
  run: { integrationId: string; integrationName: string },
  row: ImportRow,
  isGone: (organizationId: string) => boolean,
): Promise<RowResult | undefined> {
  if (row.group === 'linked') return undefined;
  if (row.choice === undefined) return { outcome: 'skipped', reason: 'Nothing was chosen for it.' };
  if (row.choice === 'skip') return { outcome: 'skipped', reason: leftOut(row) };
  const requestId = requestOf(run.integrationId, row.organization.id);
  const before = await linkedBefore(deps, run, row, requestId);
  if (before) return before;
  if (isGone(row.organization.id))
    return failed(`It is no longer in ${run.integrationName}. Nothing was created.`);
  const unusable = unusableName(row.organization.name);
  if (row.choice === 'create' && unusable) return failed(unusable);
  try {
    return await (row.choice === 'create' ? create : link)(deps, actor, run, row, requestId);
  } catch (error) {
    if (error instanceof KeyturnError) return failed(error.sentence);
    throw error;
  }
}

const leftOut = ({ group, because = '' }: ImportRow): string =>
  group === 'unusable' ? because : 'It was skipped.';

const failed = (reason: string): RowResult => ({ outcome: 'failed', reason });

/**
 * Finds an active customer that has the organization: this import made it and died, or somebody
 * linked it meanwhile.
 */
async function linkedBefore(
  deps: ApplyDeps,
  run: { integrationId: string },
  row: ImportRow,
  requestId: string,
): Promise<RowResult | undefined> {
  const known = await deps.stores.links.get(linkIdOf(run.integrationId, row.organization.id));
  if (!known) return undefined;
  const { customerId } = known.value;
  const customer = (await deps.stores.customers.get(customerId))?.value;
  if (customer?.status !== 'active') return undefined;
  const customerName = customer.name;
  if (row.choice === 'create' && customer.createdByRequest === requestId)
    return { outcome: 'created', customerId, customerName };
  if (row.choice === 'link' && customerId === row.customerId)
    return { outcome: 'linked', customerId, customerName };
  const reason = `It was linked to ${customerName} meanwhile.`;
  return { outcome: 'skipped', customerId, customerName, reason };
}

async function create(
  deps: ApplyDeps,
  actor: Actor,
  run: { integrationId: string },
  row: ImportRow,
  requestId: string,
): Promise<RowResult> {
  const { name } = row.organization;
  const { customer, existing } = await addCustomer(deps, actor, { name, requestId });
  if (existing)
    return failed(`${customer.value.name} is a customer already. Import again and choose to link it.`);
  if (customer.value.status !== 'active') return failed(REMOVED);
  return insertLink(deps, actor, run, row, customer, 'created');
}

const REMOVED =
  'Its customer was removed from Keyturn. An admin can restore that customer; then import again.';

async function link(
  deps: ApplyDeps,
  actor: Actor,
  run: { integrationId: string; integrationName: string },
  row: ImportRow,
  requestId: string,
): Promise<RowResult> {
  const customer = await deps.stores.customers.get(row.customerId ?? '');
  if (customer?.value.status !== 'active')
    return failed(`${row.customerName ?? 'That customer'} is no longer a customer.`);
  const after = `${row.organization.name} (${run.integrationName})`;
  const target = customer.value.name;
  const entry = { action: 'organization.link', target, customerId: customer.id, after } as const;
  return audited(deps, actor, requestId, entry, () => insertLink(deps, actor, run, row, customer, 'linked'));
}

async function insertLink(
  deps: ApplyDeps,
  actor: Actor,
  { integrationId }: { integrationId: string },
  { organization }: ImportRow,
  customer: Stored<Customer>,
  outcome: 'created' | 'linked',
): Promise<RowResult> {
  const made = newLink(customer.id, integrationId, organization, { actor, at: deps.clock.now() });
  await putLink(deps, made);
  await dropDeadLinks(deps, made);
  return { outcome, customerId: customer.id, customerName: customer.value.name };
}
