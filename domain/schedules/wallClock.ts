import { DateTime, IANAZone } from 'luxon';

const DAY_MS = 24 * 60 * 60_000;
const MINUTE_MS = 60_000;

export const knowsTimeZone = (timeZone: string): boolean => IANAZone.isValidZone(timeZone);

/** The day that a calendar in the time zone shows at a moment, counted from 1970-01-01. */
export function dayAt(moment: number, timeZone: string): number {
  const { year, month, day } = DateTime.fromMillis(moment, { zone: timeZone });
  return Date.UTC(year, month - 1, day) / DAY_MS;
}

/**
 * The one moment on this day when clocks in the time zone show `clock` (HH:MM). For a time that daylight
 * saving skips, it is the first moment after the gap; for a time that comes twice, it is the earlier one.
 */
export function momentOn(day: number, clock: string, timeZone: string): number {
  const zone = IANAZone.create(timeZone);
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  const shown = day * DAY_MS + (hour * 60 + minute) * MINUTE_MS;
  const before = zone.offset(shown - DAY_MS) * MINUTE_MS;
  const after = zone.offset(shown + DAY_MS) * MINUTE_MS;
  const isShown = (at: number) => at + zone.offset(at) * MINUTE_MS === shown;
  // The larger offset gives the earlier moment.
  const found = [shown - Math.max(before, after), shown - Math.min(before, after)].find(isShown);
  if (found !== undefined) return found;
  // The time is skipped: between these two moments the clocks go forward.
  let at = shown - after;
  while (at < shown - before && zone.offset(at) * MINUTE_MS === before) at += MINUTE_MS;
  return at;
}

/**
 * When quiet hours that cover `now` end; undefined outside of them. `from` and `to` HH:MM; over midnight when
 * `to` is earlier.
 */
export function quietUntil(
  now: number,
  { from, to }: { from: string; to: string },
  timeZone: string,
): number | undefined {
  const today = dayAt(now, timeZone);
  const began = [today, today - 1].map((day) => momentOn(day, from, timeZone)).find((at) => at <= now);
  if (began === undefined) return undefined;
  const first = dayAt(began, timeZone);
  const ends = [first, first + 1].map((day) => momentOn(day, to, timeZone)).find((at) => at >= began);
  return ends !== undefined && now < ends ? ends : undefined;
}

/** The next moment after `now` when clocks there show `clock` (HH:MM). */
export function nextAt(now: number, clock: string, timeZone: string): number {
  const today = dayAt(now, timeZone);
  const next = [today, today + 1].map((day) => momentOn(day, clock, timeZone)).find((at) => at > now);
  return next ?? momentOn(today + 2, clock, timeZone);
}
