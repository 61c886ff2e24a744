import type { Needs } from '../stores/core';
import { insertOnce } from '../stores/insertOnce';

type Deps = Needs<'jobs', 'clock'>;
type NewJob = { id: string; kind: string; input: unknown; customerId?: string; awaited?: true };

/** Writes a job down, to be run as soon as possible; a repeat with the same id changes nothing. */
export async function enqueueJob(deps: Deps, job: NewJob): Promise<void> {
  await enqueueOnce(deps, job);
}

/** As `enqueueJob`; resolves to true when it wrote the job now. */
export async function enqueueOnce(deps: Deps, job: NewJob): Promise<boolean> {
  const now = deps.clock.now();
  const written = await insertOnce(deps.stores.jobs, job.id, {
    kind: job.kind,
    input: job.input,
    ...(job.customerId !== undefined && { customerId: job.customerId }),
    ...(job.awaited && { awaited: true as const }),
    state: 'waiting' as const,
    attempts: 0,
    dueAt: now,
    createdAt: now,
  });
  return written !== undefined;
}
