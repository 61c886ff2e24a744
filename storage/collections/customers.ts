import type { Customer } from '../../domain/customers/customer';
import { wordsKeyOf } from '../../domain/customers/nameWords';
import { standingOf } from '../../domain/customers/standing';
import { byField, type DefinitionOf } from '../collectionDef';

const whileActive =
  <K>(key: (customer: Customer) => K | undefined) =>
  (customer: Customer): K | undefined =>
    customer.status === 'active' ? key(customer) : undefined;

/** A removed customer no longer holds its name or tenant, so that another customer can use them. */
export const customers: DefinitionOf<'customers'> = {
  name: 'customers',
  ofCustomer: 'itself',
  keys: {
    ...byField('status', 'nameKey', 'changedAt'),
    words: (customer) => wordsKeyOf(customer.name),
    standing: whileActive(standingOf),
    purgeAt: (customer) => customer.removed?.purgeAt,
  },
  unique: {
    nameKey: whileActive((customer) => customer.nameKey),
    tenantId: whileActive(({ office365 }) => ('tenant' in office365 ? office365.tenant.tenantId : undefined)),
    ...byField('createdByRequest'),
  },
  indexes: [
    ['status', 'nameKey'],
    ['status', 'changedAt'],
    ['standing', 'nameKey'],
    ['standing', 'changedAt'],
    ['purgeAt'],
  ],
};
