import { lineOfJob } from '../../domain/jobs/job';
import { byField, type DefinitionOf } from '../collectionDef';

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** Due while it waits. A done or failed job is never handed out, and is kept for a month for inspection. */
export const jobs: DefinitionOf<'jobs'> = {
  name: 'jobs',
  ofCustomer: { key: 'customerId' },
  keys: byField('kind', 'customerId'),
  due: (job) => (job.state === 'waiting' ? job.dueAt : undefined),
  line: lineOfJob,
  first: ({ awaited = false }) => awaited,
  expires: (job) => job.dueAt + KEPT_MS,
};
