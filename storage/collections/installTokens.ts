import type { DefinitionOf } from './collectionDef';

/** A used one is kept until it expires: a lost answer to the enrolment can be asked for again. */
export const installTokens: DefinitionOf<'installTokens'> = {
  name: 'installTokens',
  ofCustomer: { key: 'customerId' },
  keys: { customerId: (token) => token.customerId },
  unique: {},
  expires: (token) => token.expiresAt,
};
