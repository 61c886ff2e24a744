/** As ISO 8601 counts: 1 is Monday, 7 is Sunday. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7;

/** How often a schedule is due, by the clocks and the calendar of an IANA time zone. `at`: HH:MM there. */
export type Rule = { timeZone: string } & (
  | {
      /** Every so many hours, however long a day is. */
      kind: 'hours';
      every: number;
      /** So many minutes later than the others with this rule. */
      laterMinutes: number;
    }
  | {
      /** Every so many days of the calendar. */
      kind: 'days';
      every: number;
      at: string;
    }
  | {
      kind: 'weekdays';
      on: readonly Weekday[];
      at: string;
    }
);

/** The days on which nothing is due, in the rule's time zone. */
export interface Freezes {
  /** YYYY-MM-DD */
  dates: readonly string[];
  weekdays: readonly Weekday[];
}

export const NO_FREEZES: Freezes = { dates: [], weekdays: [] };

/** What a schedule is about: an integration, or a customer (then `customerId` names it). */
export interface ScheduleSubject {
  id: string;
  /** Absent when it belongs to no single customer. */
  customerId?: string;
}

/** Work that is done again and again for one subject. The document id is made of the kind and the subject. */
export interface Schedule {
  /** Names the file in `kinds` that says what to do. */
  kind: string;
  subjectId: string;
  customerId?: string;
  rule: Rule;
  freezes: Freezes;
  /** The next occurrence; absent when this rule has no further one. */
  dueAt?: number;
}
