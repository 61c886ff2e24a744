import type { Customer } from '../../domain/customers/customer';
import { nameKeyOf } from '../../domain/customers/customerName';
import { openStorage, type StorageConfig } from '../../storage/openStorage';
import { FIRST_ADMIN, personOf } from './people';

const CUSTOMERS = 10_000;
export const PEOPLE = 200;

const BRANCHES = [
  'Logistics',
  'Dental',
  'Bakery',
  'Architects',
  'Foods',
  'Motors',
  'Law',
  'Print',
  'Travel',
  'Energy',
];
const by = { id: FIRST_ADMIN, name: 'First admin' };
/** A log that writes nothing. */
export const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** Fills an empty store with technicians and customers, as the product itself would write them. */
export async function seed(
  config: StorageConfig,
  { customers = CUSTOMERS, people = PEOPLE } = {},
): Promise<void> {
  const { stores, close } = await openStorage(config, { clock: { now: () => Date.now() }, log: silent });
  try {
    await atOnce(people, async (number) => {
      const { objectId, name } = personOf(number);
      const roles: ['technician'] = ['technician'];
      await stores.people.insert(objectId, { objectId, name, roles, addedBy: by, addedAt: Date.now() });
    });
    await atOnce(customers, async (number) => {
      const customer = customerOf(number);
      await stores.customers.insert(customer.id, customer);
    });
  } finally {
    await close();
  }
}

/** Does the work for each number below `count`, several at a time. */
export async function atOnce(count: number, work: (number: number) => Promise<void>): Promise<void> {
  const lanes = 20;
  const lane = async (first: number) => {
    for (let number = first; number < count; number += lanes) await work(number);
  };
  await Promise.all(Array.from({ length: lanes }, (_, first) => lane(first)));
}

function customerOf(number: number): Customer {
  const name = `${BRANCHES[number % BRANCHES.length]} ${String((number * 7919) % CUSTOMERS).padStart(5, '0')} GmbH`;
  const at = Date.UTC(2026, 0, 1) + number * 1000;
  return {
    id: `customer-${number}`,
    name,
    nameKey: nameKeyOf(name),
    status: 'active',
    activeDirectory: number % 3 === 0 ? { state: 'notChosen' } : { state: 'waiting', since: at },
    office365: number % 2 === 0 ? { state: 'chosen', since: at } : { state: 'notChosen' },
    createdAt: at,
    createdBy: by,
    createdByRequest: `request-${number}`,
    changedAt: at,
  };
}
