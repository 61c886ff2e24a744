import { randomUUID } from 'node:crypto';
import type { Customer } from '../../../domain/customers/customer';
import { nameKeyOf } from '../../../domain/customers/customerName';

/** A customer without any choices yet. */
export function sampleCustomer(name: string, more: Partial<Customer> = {}): Customer {
  const id = randomUUID();
  return {
    id,
    name,
    nameKey: nameKeyOf(name),
    status: 'active',
    activeDirectory: { state: 'notChosen' },
    office365: { state: 'notChosen' },
    createdAt: 0,
    createdBy: { id: 'setup', name: 'Setup' },
    createdByRequest: id,
    changedAt: 0,
    ...more,
  };
}
