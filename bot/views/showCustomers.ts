import { customersCard } from '../../cards/customers';
import type { Card } from '../../cards/shared/card';
import {
  CUSTOMERS_PER_PAGE,
  type CustomerListRequest,
  listCustomers,
} from '../../domain/customers/listCustomers';
import type { Actor } from '../../domain/people/person';
import type { AppDeps } from '../appDeps';
import { standingBadge } from './customerWords';
import { depthOf, pageAfter, pageBefore, pageFrom } from './pages';

/**
 * One page of the customers as a card; `page` is a value from an earlier list card, and may be out of date
 * or made up.
 */
export async function showCustomers(
  deps: AppDeps,
  actor: Actor,
  request: CustomerListRequest,
): Promise<Card> {
  const search = (request.search ?? '').slice(0, 100);
  const { standing, sort } = request;
  const shown = { search, sort, ...(standing && { standing }) };
  const trail = pageFrom(request.page);
  const page = trail.cursors.at(-1);
  const { items, next, counts } = await listCustomers(deps.stores.customers, actor, {
    ...shown,
    ...(page && { page }),
  });
  return customersCard({
    ...shown,
    rows: items.map(({ value }) => ({ id: value.id, name: value.name, state: standingBadge(value) })),
    counts,
    first: depthOf(trail) * CUSTOMERS_PER_PAGE + 1,
    ...(depthOf(trail) > 0 && { previousPage: pageBefore(trail) }),
    ...(next && { nextPage: pageAfter(trail, next) }),
    canAdd: actor.permissions.has('customers.write'),
  });
}
