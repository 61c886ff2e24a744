import type { DefinitionOf } from '../collectionDef';

/** An expired link can neither be opened nor found. The data that its page took expires with it. */
export const oneTimeLinks: DefinitionOf<'oneTimeLinks'> = {
  name: 'oneTimeLinks',
  ofCustomer: { key: 'customerId' },
  keys: {
    kind: (link) => link.kind,
    personId: (link) => link.person.id,
    conversationKey: (link) => link.conversationKey,
    customerId: (link) => link.facts.customerId,
  },
  unique: { stateHash: (link) => link.stateHash },
  indexes: [['kind', 'personId'], ['conversationKey'], ['customerId']],
  expires: (link) => link.expiresAt,
};
