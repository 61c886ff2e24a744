import type { Job } from '../../domain/jobs/job';
import type { CollectionDef } from './collectionDef';

/** Due while it waits; one that is done or failed is kept and never handed out. */
export const jobs: CollectionDef<Job> = {
  name: 'jobs',
  keys: { kind: (job) => job.kind },
  unique: {},
  due: (job) => (job.state === 'waiting' ? job.dueAt : undefined),
};
