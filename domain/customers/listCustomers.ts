import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Page, Stored } from '../ports';
import type { QueryFilter, Stores } from '../stores/stores';
import type { Customer } from './customer';
import { nameKeyOf } from './customerName';

/** Rows of a list card: few enough for a narrow pane and for Teams' message size. */
export const CUSTOMERS_PER_PAGE = 8;

export interface CustomerListRequest {
  search?: string;
  sort: 'name' | 'changed';
  /** `next` of the previous page. */
  page?: string;
}

/** One page of the active customers, and how many there are in all. */
export async function listCustomers(
  customers: Stores['customers'],
  actor: Actor,
  request: CustomerListRequest,
): Promise<Page<Customer> & { total: number }> {
  permit(actor, 'customers.read');
  const search = nameKeyOf(request.search ?? '');
  const filter: QueryFilter<'customers'> = {
    where: { status: 'active' },
    ...(search && { contains: { key: 'nameKey', text: search } as const }),
  };
  const [page, total] = await Promise.all([
    customers.list({
      ...filter,
      sort: request.sort === 'name' ? { key: 'nameKey' } : { key: 'changedAt', descending: true },
      limit: CUSTOMERS_PER_PAGE,
      ...(request.page && { after: request.page }),
    }),
    customers.count(filter),
  ]);
  return { ...page, total };
}

/** The customers that a person may mean by a typed name: exactly one, several to choose from, or none. */
export async function customersMeant(
  customers: Stores['customers'],
  actor: Actor,
  text: string,
): Promise<Stored<Customer>[]> {
  permit(actor, 'customers.read');
  const exact = await customers.find('nameKey', nameKeyOf(text));
  if (exact) return [exact];
  return (await listCustomers(customers, actor, { search: text, sort: 'name' })).items;
}
