import { isOpen } from '../../domain/imports/importRun';
import type { DefinitionOf } from './collectionDef';

/** Found by integration and by how far they are, the latest first; one of an integration is open at a time. */
export const importRuns: DefinitionOf<'importRuns'> = {
  name: 'importRuns',
  ofCustomer: 'nothing',
  keys: {
    integrationId: (run) => run.integrationId,
    state: (run) => run.state,
    startedAt: (run) => run.startedAt,
  },
  unique: { open: (run) => (isOpen(run) ? run.integrationId : undefined) },
  indexes: [
    ['integrationId', 'startedAt'],
    ['state', 'startedAt'],
  ],
  expires: (run) => run.expiresAt,
};
