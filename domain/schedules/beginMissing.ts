import type { Clock } from '../ports';
import type { Stores } from '../stores/stores';
import { beginSchedule } from './beginSchedule';
import { scheduleKinds } from './kinds';

/** Makes the schedules of what began without one, before this version or in a crash. May be cut off and run again. */
export async function beginMissing(deps: { stores: Stores; clock: Clock }): Promise<void> {
  const { stores, clock } = deps;
  for (const kind of scheduleKinds)
    for await (const subjects of kind.subjects(stores))
      for (const subject of subjects) await beginSchedule({ ...stores, clock }, kind, subject);
}
