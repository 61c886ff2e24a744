import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Page } from '../ports';
import type { Stores } from '../stores/stores';
import type { Customer } from './customer';
import { nameKeyOf } from './customerName';
import { STANDINGS, type Standing } from './standing';

/** Rows of a list card: few enough for a narrow pane and for Teams' message size. */
export const CUSTOMERS_PER_PAGE = 8;

export interface CustomerListRequest {
  search?: string;
  /** Absent: wherever they stand. */
  standing?: Standing;
  sort: 'name' | 'changed';
  /** `next` of the previous page. */
  page?: string;
}

/** One page of the active customers, and how many of those that match the search stand where. */
export async function listCustomers(
  customers: Stores['customers'],
  actor: Actor,
  request: CustomerListRequest,
): Promise<Page<Customer> & { counts: Record<Standing, number> }> {
  permit(actor, 'customers.read');
  const search = nameKeyOf(request.search ?? '');
  const matching = search ? { contains: { key: 'nameKey', text: search } as const } : {};
  const { standing } = request;
  const [page, ...counts] = await Promise.all([
    customers.list({
      where: standing ? { standing } : { status: 'active' },
      ...matching,
      sort: request.sort === 'name' ? { key: 'nameKey' } : { key: 'changedAt', descending: true },
      limit: CUSTOMERS_PER_PAGE,
      ...(request.page && { after: request.page }),
    }),
    ...STANDINGS.map((each) => customers.count({ where: { standing: each }, ...matching })),
  ]);
  const [attention = 0, connected = 0, notSetUp = 0] = counts;
  return { ...page, counts: { attention, connected, notSetUp } };
}
