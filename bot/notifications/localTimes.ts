import { DateTime, IANAZone } from 'luxon';
import type { LocalTimes } from '../../domain/notifications/audience';

/** Wall clocks by luxon: a time that daylight saving skips is the first moment after it, one that comes twice is the earlier. */
export const localTimes: LocalTimes = {
  quietUntil(now, { from, to }, timeZone) {
    const local = DateTime.fromMillis(now, { zone: timeZone });
    const clock = local.toFormat('HH:mm');
    const overMidnight = to <= from;
    const quiet = overMidnight ? clock >= from || clock < to : clock >= from && clock < to;
    return quiet ? nextAt(local, to) : undefined;
  },
  nextAt: (now, at, timeZone) => nextAt(DateTime.fromMillis(now, { zone: timeZone }), at),
  knows: (timeZone) => IANAZone.isValidZone(timeZone),
};

function nextAt(local: DateTime, at: string): number {
  const [hour = 0, minute = 0] = at.split(':').map(Number);
  const today = local.set({ hour, minute, second: 0, millisecond: 0 });
  if (today.toMillis() > local.toMillis()) return today.toMillis();
  return local.plus({ days: 1 }).set({ hour, minute, second: 0, millisecond: 0 }).toMillis();
}
