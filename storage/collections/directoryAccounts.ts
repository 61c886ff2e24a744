import type { DirectoryAccount } from '../../domain/agents/directoryAccount';
import type { CollectionDef } from './collectionDef';

/** The users of a customer's Active Directory. */
export const directoryAccounts: CollectionDef<DirectoryAccount> = {
  name: 'directoryAccounts',
  keys: {
    customerId: (account) => account.customerId,
    snapshot: (account) => account.snapshot,
    name: ({ user }) => user.samAccountName.toLowerCase(),
  },
  unique: {},
  indexes: [
    ['customerId', 'name'],
    ['customerId', 'snapshot'],
  ],
};
