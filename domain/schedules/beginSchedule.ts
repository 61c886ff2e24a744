import type { Needs } from '../stores/core';
import { insertOnce } from '../stores/insertOnce';
import { nextDue } from './nextDue';
import { NO_FREEZES, type ScheduleSubject } from './schedule';
import type { ScheduleKind } from './scheduleKind';

/** Begins a schedule; one that exists stays as it is. */
export async function beginSchedule(
  deps: Needs<'schedules', 'clock'>,
  { kind, rule: ruleOf }: ScheduleKind,
  { id: subjectId, customerId }: ScheduleSubject,
): Promise<void> {
  const id = `${kind}:${subjectId}`;
  const rule = ruleOf(id);
  const dueAt = nextDue(rule, NO_FREEZES, deps.clock.now());
  await insertOnce(deps.stores.schedules, id, {
    ...{ kind, subjectId, rule, freezes: NO_FREEZES },
    ...(customerId !== undefined && { customerId }),
    ...(dueAt !== undefined && { dueAt }),
  });
}
