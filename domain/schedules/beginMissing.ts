import type { Core } from '../stores/core';
import { beginSchedule } from './beginSchedule';
import { scheduleKinds } from './kinds';

/**
 * Makes the missing schedules of subjects that began before this version, or in a crash. May be cut off
 * and run again.
 */
export async function beginMissing(deps: Pick<Core, 'stores' | 'clock'>): Promise<void> {
  for (const kind of scheduleKinds)
    for await (const subjects of kind.subjects(deps.stores))
      for (const subject of subjects) await beginSchedule(deps, kind, subject);
}
