import { customersCard } from '../../cards/customers';
import type { Card } from '../../cards/shared/card';
import {
  CUSTOMERS_PER_PAGE,
  type CustomerListRequest,
  listCustomers,
} from '../../domain/customers/listCustomers';
import type { Actor } from '../../domain/people/person';
import type { AppDeps } from '../appDeps';
import { activeDirectoryBadge, office365Badge, syncWords } from './customerWords';
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
  const trail = pageFrom(request.page);
  const page = trail.cursors.at(-1);
  const { items, next, counts } = await listCustomers(deps.stores.customers, actor, {
    search,
    sort: request.sort,
    ...(page && { page }),
  });
  const first = depthOf(trail) * CUSTOMERS_PER_PAGE + 1;
  return customersCard({
    search,
    sort: request.sort,
    rows: items.map(({ value }) => ({
      id: value.id,
      name: value.name,
      activeDirectory: activeDirectoryBadge(value.activeDirectory, deps.clock.now()),
      office365: office365Badge(value.office365),
      sync: syncWords(value.sync).title,
    })),
    total: counts.attention + counts.connected + counts.notSetUp,
    first: items.length > 0 ? first : 0,
    last: items.length > 0 ? first + items.length - 1 : 0,
    ...(depthOf(trail) > 0 && { previousPage: pageBefore(trail) }),
    ...(next && { nextPage: pageAfter(trail, next) }),
    canAdd: actor.permissions.has('customers.write'),
  });
}
