import type { SignIn } from '../../domain/tenants/signIn';
import type { CollectionDef } from './collectionDef';

/** An expired attempt can neither be continued nor found. */
export const signIns: CollectionDef<SignIn> = {
  name: 'signIns',
  keys: {
    conversationKey: (signIn) => signIn.conversationKey,
    customerId: (signIn) => signIn.customerId,
    technicianId: (signIn) => signIn.technician.id,
  },
  unique: { stateHash: (signIn) => signIn.stateHash },
  expires: (signIn) => signIn.expiresAt,
};
