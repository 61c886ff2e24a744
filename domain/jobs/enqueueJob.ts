import { DuplicateKey } from '../errors';
import type { Clock, Store } from '../ports';
import type { Job } from './job';

/** Writes a job down to be run as soon as possible; the same id again changes nothing. */
export async function enqueueJob(
  deps: { jobs: Store<Job>; clock: Clock },
  job: { id: string; kind: string; input: unknown; customerId?: string; awaited?: true },
): Promise<void> {
  const now = deps.clock.now();
  try {
    await deps.jobs.insert(job.id, {
      kind: job.kind,
      input: job.input,
      ...(job.customerId !== undefined && { customerId: job.customerId }),
      ...(job.awaited && { awaited: true }),
      state: 'waiting',
      attempts: 0,
      dueAt: now,
      createdAt: now,
    });
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error;
  }
}
