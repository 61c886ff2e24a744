import type { Stores } from '../stores/stores';
import type { Rule, ScheduleSubject } from './schedule';
import { spreadOverDay } from './spread';

/** What happens to an occurrence: `goes` starts its job, `rests` skips it, `ends` ends the whole schedule. */
export type Occurrence = 'goes' | 'rests' | 'ends';

/** One kind of work that is done again and again. */
export interface ScheduleKind<Input = unknown> {
  /** Also the kind of the job that each occurrence starts. */
  kind: string;
  rule(scheduleId: string): Rule;
  input(subjectId: string): Input;
  /** Decides what the subject of a due schedule needs, as it stands now. */
  occurrence(stores: Stores, subjectId: string): Promise<Occurrence>;
  /** All subjects of this kind: the program makes their missing schedules when it starts. */
  subjects(stores: Stores): AsyncIterable<ScheduleSubject[]>;
}

/** Once a day, at a time that is spread over the day. */
export const daily = (scheduleId: string): Rule => ({
  kind: 'days',
  every: 1,
  at: spreadOverDay(scheduleId),
  timeZone: 'UTC',
});
