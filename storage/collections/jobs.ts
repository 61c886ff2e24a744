import { lineOfJob } from '../../domain/jobs/job';
import type { DefinitionOf } from './collectionDef';

const KEPT_MS = 30 * 24 * 60 * 60 * 1000;

/** Due while it waits; one that is done or failed is never handed out, and kept for a month to be looked at. */
export const jobs: DefinitionOf<'jobs'> = {
  name: 'jobs',
  ofCustomer: { key: 'customerId' },
  keys: { kind: (job) => job.kind, customerId: (job) => job.customerId },
  unique: {},
  due: (job) => (job.state === 'waiting' ? job.dueAt : undefined),
  line: lineOfJob,
  first: ({ awaited = false }) => awaited,
  expires: (job) => job.dueAt + KEPT_MS,
};
