import type { Stores } from '../stores/stores';
import type { Rule, Subject } from './schedule';
import { spreadOverDay } from './spread';

/** What becomes of an occurrence: its job is done, it is left out, or the whole schedule ends. */
export type Occurrence = 'goes' | 'rests' | 'ends';

/** One thing that is done again and again. */
export interface ScheduleKind<Input = unknown> {
  /** Also the kind of the job that each occurrence begins. */
  kind: string;
  rule(scheduleId: string): Rule;
  input(subjectId: string): Input;
  /** What the subject of a due schedule asks for, as it stands now. */
  occurrence(stores: Stores, subjectId: string): Promise<Occurrence>;
  /** Everything that began: a schedule of it that is missing is made at the start of the program. */
  subjects(stores: Stores): AsyncIterable<Subject[]>;
}

/** Once a day, at a time that is spread over the day. */
export const daily = (scheduleId: string): Rule => ({
  kind: 'days',
  every: 1,
  at: spreadOverDay(scheduleId),
  timeZone: 'UTC',
});
