import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Stores } from '../stores/stores';
import type { Customer } from './customer';
import { nameFaultOf, nameKeyOf } from './customerName';
import { nameWordsOf } from './nameWords';

/** More than a person can choose from; so many customers at most are read to find them. */
const MOST_READ = 50;

/** The active customer with exactly this name. */
export async function customerNamed(
  customers: Stores['customers'],
  actor: Actor,
  text: string,
): Promise<Stored<Customer> | undefined> {
  permit(actor, 'customers.read');
  return nameFaultOf(text) ? undefined : customers.find('nameKey', nameKeyOf(text));
}

/**
 * The customers in whose name each of the typed words begins a word, in any order. `more`: there may be
 * others, so that one customer alone is not surely the one that is meant.
 */
export async function customersBeginning(
  customers: Stores['customers'],
  actor: Actor,
  text: string,
): Promise<{ found: Stored<Customer>[]; more: boolean }> {
  permit(actor, 'customers.read');
  const said = nameWordsOf(text);
  const longest = said.reduce((one, other) => (other.length > one.length ? other : one), '');
  if (longest.length < 2) return { found: [], more: false };
  const { items, next } = await customers.list({
    where: { status: 'active' },
    contains: { key: 'words', text: ` ${longest}` },
    sort: { key: 'nameKey' },
    limit: MOST_READ,
  });
  return { found: items.filter(({ value }) => begins(value.name, said)), more: next !== undefined };
}

function begins(name: string, said: readonly string[]): boolean {
  const words = nameWordsOf(name);
  return said.every((beginning) => words.some((word) => word.startsWith(beginning)));
}
