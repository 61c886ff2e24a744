import { byField, type DefinitionOf } from '../collectionDef';

/** The pages of a run in the order in which they were read. */
export const importPages: DefinitionOf<'importPages'> = {
  name: 'importPages',
  ofCustomer: { stays: 'The list of an import is the vendor’s, as it was read. It is gone with its run.' },
  keys: byField('runId', 'number'),
  indexes: [['runId', 'number']],
  expires: (page) => page.expiresAt,
};
