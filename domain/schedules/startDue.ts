import { enqueueJob } from '../jobs/enqueueJob';
import { oneByOne } from '../jobs/oneByOne';
import type { Stored } from '../ports';
import type { Core } from '../stores/core';
import { unlessChanged } from '../stores/retried';
import { scheduleKinds } from './kinds';
import { dueAfter } from './nextDue';
import type { Schedule } from './schedule';
import type { ScheduleKind } from './scheduleKind';

type Deps = Pick<Core, 'stores' | 'clock' | 'log'>;

const LEASE_MS = 30_000;
const AT_ONCE = 100;

/**
 * Enqueues the jobs of all due schedules, each occurrence once. When an instance dies before it moves a
 * schedule on, another instance does so and finds the job there. Occurrences that were missed while no
 * instance ran are done once. Resolves to how many schedules were due.
 */
export async function startDue(deps: Deps): Promise<number> {
  const due = await deps.stores.schedules.claimDue(deps.clock.now(), LEASE_MS, AT_ONCE);
  await oneByOne(due, async (schedule) => {
    const kind = scheduleKinds.find((each) => each.kind === schedule.value.kind);
    if (kind) await start(deps, kind, schedule);
    else deps.log.warn({ schedule: schedule.id }, 'a schedule of a newer version is left to it');
  });
  return due.length;
}

async function start(deps: Deps, kind: ScheduleKind, schedule: Stored<Schedule>): Promise<void> {
  const { schedules } = deps.stores;
  const occurrence = await kind.occurrence(deps.stores, schedule.value.subjectId);
  const { customerId, dueAt = 0 } = schedule.value;
  const lateMs = deps.clock.now() - dueAt;
  const fields = { schedule: schedule.id, kind: kind.kind, customerId, lateMs, occurrence };
  deps.log.debug?.(fields, 'schedule claimed');
  if (occurrence === 'ends') return void (await schedules.remove(schedule.id, schedule.version));
  if (occurrence === 'goes') await enqueue(deps, kind, schedule);
  await unlessChanged(schedules.replace(schedule, dueAfter(schedule.value, deps.clock.now())));
}

/** Makes the job's id from the schedule and the occurrence. */
function enqueue(deps: Deps, { kind, input }: ScheduleKind, { id, value }: Stored<Schedule>) {
  const { subjectId, customerId, dueAt = 0 } = value;
  return enqueueJob(deps, {
    id: `${id}:${new Date(dueAt).toISOString()}`,
    kind,
    input: input(subjectId),
    ...(customerId !== undefined && { customerId }),
  });
}
