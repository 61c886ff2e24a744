import { byField, type DefinitionOf } from '../collectionDef';

/**
 * A used token is kept until it expires, so that the program can ask again for a lost answer to its
 * enrolment.
 */
export const installTokens: DefinitionOf<'installTokens'> = {
  name: 'installTokens',
  ofCustomer: { key: 'customerId' },
  keys: byField('customerId'),
  expires: (token) => token.expiresAt,
};
