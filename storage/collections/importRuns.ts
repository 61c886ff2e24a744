import { isOpen } from '../../domain/imports/importRun';
import { byField, type DefinitionOf } from '../collectionDef';

/** Listed by integration and by state, the latest first. At most one run of an integration is open. */
export const importRuns: DefinitionOf<'importRuns'> = {
  name: 'importRuns',
  ofCustomer: 'nothing',
  keys: byField('integrationId', 'state', 'startedAt'),
  unique: { open: (run) => (isOpen(run) ? run.integrationId : undefined) },
  indexes: [
    ['integrationId', 'startedAt'],
    ['state', 'startedAt'],
  ],
  expires: (run) => run.expiresAt,
};
