import { type Job, lineOfJob } from '../../domain/jobs/job';
import { wasTakenOver } from '../../domain/jobs/jobRun';
import type { Needs } from '../../domain/stores/core';
import type { JobKind, StoredJob } from './jobKind';

export interface JobRunner {
  /** Looks for due work now instead of at the next tick; once, however many ask at one moment. */
  wake(): void;
  start(): void;
  /** Takes no more work and waits for the work that runs. */
  stop(): Promise<void>;
  /** Looks for due work once; resolves when the work it claimed has ended. For `start`, and for tests. */
  tick(): Promise<number>;
}

const LEASE_MS = 20_000;
const TICK_MS = 1_000;
const AT_ONCE = 20;
/** The most jobs of one customer: slow ones leave capacity for other customers. */
const MOST_OF_ONE = 6;
const GIVE_UP_AFTER = 6;

/**
 * Runs due jobs, each on one instance at a time. A row is claimed by lease: after an instance dies, another
 * one, or the same one after its restart, takes over its work within twenty seconds. The instance that does
 * the work renews the lease. A job that throws runs again after a growing pause, and in the end is shown as
 * failed.
 */
export function createJobRunner(
  deps: Needs<'jobs', 'clock' | 'log'> & { kinds: readonly JobKind[] },
): JobRunner {
  const running = new Map<Promise<void>, string>();
  const runningOf = (line: string) => [...running.values()].filter((other) => other === line).length;
  let timer: NodeJS.Timeout | undefined;
  let stopped = false;
  let woken = false;

  const capacityOf = (line: string) => MOST_OF_ONE - runningOf(line);
  const run = (job: StoredJob): Promise<void> => {
    const line = lineOfJob(job.value);
    const mine = runOne(deps, job).finally(() => {
      // All capacity, or all of this customer's, was in use: there may be more jobs, and each one that ends
      // frees capacity for one.
      const more = running.size >= AT_ONCE || capacityOf(line) <= 0;
      running.delete(mine);
      if (more) wake();
    });
    running.set(mine, line);
    return mine;
  };
  const begin = async (): Promise<Promise<void>[]> => {
    if (stopped || running.size >= AT_ONCE) return [];
    const wanted = AT_ONCE - running.size;
    return (await deps.stores.jobs.claimDue(deps.clock.now(), LEASE_MS, wanted, capacityOf)).map(run);
  };
  // One search at a time: two at once would each claim for the same free capacity.
  let looking: Promise<unknown> = Promise.resolve();
  const tick = async (): Promise<number> => {
    const look = looking.then(begin);
    looking = look.catch(() => undefined);
    const runs = await look;
    await Promise.all(runs);
    return runs.length;
  };
  const safely = () => {
    tick().catch((error) => deps.log.error({ err: error }, 'looking for work failed'));
  };

  function wake(): void {
    if (!timer || woken) return;
    woken = true;
    setImmediate(() => {
      woken = false;
      safely();
    });
  }

  return {
    tick,
    wake,
    start: () => {
      timer = setInterval(safely, TICK_MS);
    },
    async stop() {
      stopped = true;
      clearInterval(timer);
      timer = undefined;
      await looking;
      await Promise.all(running.keys());
    },
  };
}

async function runOne(
  deps: Needs<'jobs', 'clock' | 'log'> & { kinds: readonly JobKind[] },
  claimed: StoredJob,
): Promise<void> {
  const began = deps.clock.now();
  const { kind, customerId, dueAt } = claimed.value;
  deps.log.debug?.({ job: claimed.id, kind, customerId, lateMs: began - dueAt }, 'job claimed');
  let current = claimed;
  let writing: Promise<unknown> = Promise.resolve();
  const write = (change: Partial<Job>): Promise<void> => {
    const mine = writing.then(async () => {
      current = await deps.stores.jobs.replace(current, { ...current.value, ...change });
    });
    writing = mine.catch(() => undefined);
    return mine;
  };
  // Work can take longer than its lease: no other instance may begin it while it runs here.
  const beat = setInterval(() => {
    write({ dueAt: deps.clock.now() + LEASE_MS }).catch((error) =>
      deps.log.warn({ err: error, job: claimed.id }, 'a running job could not be kept'),
    );
  }, LEASE_MS / 3).unref();
  try {
    const rest = await handle(deps.kinds, claimed, {
      id: claimed.id,
      attempts: claimed.value.attempts,
      last: isOver((claimed.value.failures ?? 0) + 1),
      progress: claimed.value.progress,
      save: (progress) => write({ progress, dueAt: deps.clock.now() + LEASE_MS }),
    });
    const attempts = current.value.attempts + 1;
    await write(
      rest ? { attempts, failures: 0, dueAt: deps.clock.now() + rest.againInMs } : { state: 'done' },
    );
    const ms = deps.clock.now() - began;
    deps.log.debug?.({ job: claimed.id, kind, ms, ...rest }, rest ? 'job goes on later' : 'job done');
  } catch (error) {
    if (wasTakenOver(error))
      return deps.log.warn({ job: claimed.id }, 'a job was taken over by another instance');
    deps.log.error({ err: error, job: claimed.id, kind }, 'a job failed');
    await write(failed(current.value, deps.clock.now())).catch((writeError) =>
      deps.log.error(
        { err: writeError, job: claimed.id },
        'a failed job could not be noted; its lease will end',
      ),
    );
  } finally {
    clearInterval(beat);
  }
}

async function handle(
  kinds: readonly JobKind[],
  { value }: StoredJob,
  run: Parameters<JobKind['handle']>[1],
): ReturnType<JobKind['handle']> {
  const kind = kinds.find((each) => each.kind === value.kind);
  if (!kind) throw new UnknownJob(value.kind);
  return kind.handle(kind.schema.parse(value.input), run);
}

/**
 * A newer version of the program wrote this job: an instance that knows its kind may take it at the next
 * try; after the last try it is shown as failed.
 */
class UnknownJob extends Error {
  override readonly name = 'UnknownJob';
}

const isOver = (failures: number): boolean => failures >= GIVE_UP_AFTER;

function failed(job: Job, now: number): Partial<Job> {
  const failures = (job.failures ?? 0) + 1;
  return {
    attempts: job.attempts + 1,
    failures,
    state: isOver(failures) ? 'failed' : 'waiting',
    dueAt: now + 1000 * 2 ** failures,
  };
}
