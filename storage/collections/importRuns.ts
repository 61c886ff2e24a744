import type { ImportRun } from '../../domain/imports/importRun';
import type { CollectionDef } from './collectionDef';

/** Found by integration and by how far they are, the latest first. */
export const importRuns: CollectionDef<ImportRun> = {
  name: 'importRuns',
  keys: {
    integrationId: (run) => run.integrationId,
    state: (run) => run.state,
    startedAt: (run) => run.startedAt,
  },
  unique: {},
  indexes: [
    ['integrationId', 'startedAt'],
    ['state', 'startedAt'],
  ],
  expires: (run) => run.expiresAt,
};
