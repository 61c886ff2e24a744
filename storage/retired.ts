import type { AnyCollection } from './collectionDef';

/** Collections of earlier versions. No code reads or writes them; their expired documents are swept. */
export const retired: readonly AnyCollection<{ expiresAt: number }>[] = [
  'signIns',
  'keyEntries',
  'installLinks',
  'listLinks',
].map((name) => ({
  name,
  ofCustomer: { stays: 'It expires within minutes of the upgrade.' },
  keys: {},
  unique: {},
  expires: ({ expiresAt }) => expiresAt,
}));
