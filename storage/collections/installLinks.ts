import type { DefinitionOf } from './collectionDef';

/** An expired link opens nothing. */
export const installLinks: DefinitionOf<'installLinks'> = {
  name: 'installLinks',
  ofCustomer: { key: 'customerId' },
  keys: { customerId: (link) => link.customerId },
  unique: {},
  expires: (link) => link.expiresAt,
};
