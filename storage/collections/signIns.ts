import type { DefinitionOf } from './collectionDef';

/** An expired attempt can neither be continued nor found. */
export const signIns: DefinitionOf<'signIns'> = {
  name: 'signIns',
  ofCustomer: { key: 'customerId' },
  keys: {
    conversationKey: (signIn) => signIn.conversationKey,
    customerId: (signIn) => signIn.customerId,
    technicianId: (signIn) => signIn.technician.id,
  },
  unique: { stateHash: (signIn) => signIn.stateHash },
  expires: (signIn) => signIn.expiresAt,
};
