import { byField, type DefinitionOf } from '../collectionDef';

/** The users of a customer's Active Directory. */
export const directoryAccounts: DefinitionOf<'directoryAccounts'> = {
  name: 'directoryAccounts',
  ofCustomer: { key: 'customerId' },
  keys: { ...byField('customerId', 'snapshot'), name: ({ user }) => user.samAccountName.toLowerCase() },
  indexes: [
    ['customerId', 'name'],
    ['customerId', 'snapshot'],
  ],
};
