import type { DefinitionOf } from './collectionDef';

/** An expired link opens nothing. */
export const listLinks: DefinitionOf<'listLinks'> = {
  name: 'listLinks',
  ofCustomer: 'nothing',
  keys: { runId: (link) => link.runId },
  unique: {},
  expires: (link) => link.expiresAt,
};
