import type { DefinitionOf } from '../collectionDef';

/** The pages of a run in the order in which they were read. */
export const importPages: DefinitionOf<'importPages'> = {
  name: 'importPages',
  ofCustomer: { stays: 'The list of an import is the vendor’s, as it was read. It is gone with its run.' },
  keys: {
    runId: (page) => page.runId,
    number: (page) => page.number,
  },
  unique: {},
  indexes: [['runId', 'number']],
  expires: (page) => page.expiresAt,
};
