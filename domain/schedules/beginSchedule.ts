import { put } from '../stores/change';
import type { Needs } from '../stores/core';
import { dueAfter } from './nextDue';
import { NO_FREEZES, type Schedule, type ScheduleSubject } from './schedule';
import type { ScheduleKind } from './scheduleKind';

/**
 * Begins a schedule; one that exists stays as it is, unless a clock that was ahead has moved it too far into
 * the future.
 */
export async function beginSchedule(
  deps: Needs<'schedules', 'clock'>,
  { kind, rule: ruleOf }: ScheduleKind,
  { id: subjectId, customerId }: ScheduleSubject,
): Promise<void> {
  const id = `${kind}:${subjectId}`;
  const begun = (): Schedule => ({
    ...{ kind, subjectId, rule: ruleOf(id), freezes: NO_FREEZES },
    ...(customerId !== undefined && { customerId }),
  });
  await put(deps.stores.schedules, id, (known) => {
    const next = dueAfter(known ?? begun(), deps.clock.now());
    return known && !isLater(known, next) ? known : next;
  });
}

const isLater = (known: Schedule, { dueAt = Number.POSITIVE_INFINITY }: Schedule): boolean =>
  (known.dueAt ?? 0) > dueAt;
