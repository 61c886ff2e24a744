import { DateTime, IANAZone } from 'luxon';
import type { LocalTimes } from '../../domain/notifications/audience';

/** Wall clocks by luxon: a time that daylight saving skips is the first moment after it, one that comes twice is the earlier. */
export const localTimes: LocalTimes = {
  quietUntil(now, { from, to }, timeZone) {
    const began = [0, -1].map((days) => momentOf(now, days, from, timeZone)).find((at) => at <= now);
    if (began === undefined) return undefined;
    const ends = [0, 1].map((days) => momentOf(began, days, to, timeZone)).find((at) => at >= began);
    return ends !== undefined && now < ends ? ends : undefined;
  },
  nextAt(now, at, timeZone) {
    const next = [0, 1].map((days) => momentOf(now, days, at, timeZone)).find((moment) => moment > now);
    return next ?? momentOf(now, 2, at, timeZone);
  },
  knows: (timeZone) => IANAZone.isValidZone(timeZone),
};

const DAY_MS = 24 * 60 * 60_000;
const MINUTE_MS = 60_000;

/** When clocks in the time zone show `clock` (HH:MM), so many days after the day that `day` is in there. */
function momentOf(day: number, days: number, clock: string, timeZone: string): number {
  const zone = IANAZone.create(timeZone);
  const { year, month, day: date } = DateTime.fromMillis(day, { zone });
  const [hour = 0, minute = 0] = clock.split(':').map(Number);
  const shown = Date.UTC(year, month - 1, date + days, hour, minute);
  const before = zone.offset(shown - DAY_MS) * MINUTE_MS;
  const after = zone.offset(shown + DAY_MS) * MINUTE_MS;
  const isShown = (at: number) => at + zone.offset(at) * MINUTE_MS === shown;
  // The larger offset is the earlier moment.
  const found = [shown - Math.max(before, after), shown - Math.min(before, after)].find(isShown);
  if (found !== undefined) return found;
  // Skipped: between these two the clocks go forward.
  let at = shown - after;
  while (at < shown - before && zone.offset(at) * MINUTE_MS === before) at += MINUTE_MS;
  return at;
}
