import type { Freezes, Rule, Schedule, Weekday } from './schedule';
import { dayAt, momentOn } from './wallClock';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;
/** A rule that is not due within two years is never due. */
const HORIZON_DAYS = 2 * 366;

/**
 * The first moment after `after` at which the rule is due on a day that is not frozen; undefined when
 * there is none.
 */
export const nextDue = (rule: Rule, freezes: Freezes, after: number): number | undefined =>
  rule.kind === 'hours' ? nextByHours(rule, freezes, after) : nextByDays(rule, freezes, after);

/** The schedule with its first occurrence after `after`; without one when there is none. */
export function dueAfter({ dueAt: _, ...schedule }: Schedule, after: number): Schedule {
  const dueAt = nextDue(schedule.rule, schedule.freezes, after);
  return { ...schedule, ...(dueAt !== undefined && { dueAt }) };
}

type ByHours = Extract<Rule, { kind: 'hours' }>;
type ByDays = Exclude<Rule, ByHours>;

function nextByDays(rule: ByDays, freezes: Freezes, after: number): number | undefined {
  const today = dayAt(after, rule.timeZone);
  for (let day = today; day <= today + HORIZON_DAYS; day++) {
    if (!isMeant(rule, day) || isFrozen(freezes, day)) continue;
    const at = momentOn(day, rule.at, rule.timeZone);
    if (at > after) return at;
  }
  return undefined;
}

function nextByHours(rule: ByHours, freezes: Freezes, after: number): number | undefined {
  const step = rule.every * HOUR_MS;
  const later = rule.laterMinutes * MINUTE_MS;
  const occurrenceAfter = (moment: number) => later + (Math.floor((moment - later) / step) + 1) * step;
  const end = after + HORIZON_DAYS * DAY_MS;
  for (let at = occurrenceAfter(after); at < end; ) {
    const day = dayAt(at, rule.timeZone);
    if (!isFrozen(freezes, day)) return at;
    at = occurrenceAfter(momentOn(day + 1, '00:00', rule.timeZone) - 1);
  }
  return undefined;
}

const isMeant = (rule: ByDays, day: number): boolean =>
  rule.kind === 'days' ? day % rule.every === 0 : rule.on.includes(weekdayOf(day));

const isFrozen = ({ dates, weekdays }: Freezes, day: number): boolean =>
  weekdays.includes(weekdayOf(day)) || dates.includes(new Date(day * DAY_MS).toISOString().slice(0, 10));

/** 1970-01-01 was a Thursday. */
const weekdayOf = (day: number): Weekday => (((((day + 3) % 7) + 7) % 7) + 1) as Weekday;
