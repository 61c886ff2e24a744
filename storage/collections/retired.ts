import type { AnyCollection } from './collectionDef';

/** Of earlier versions: nothing is read from them or written to them, and what has expired there is swept. */
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
