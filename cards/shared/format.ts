const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** A moment of today: '14:02 UTC'. */
export const timeOfDay = (at: number): string => `${new Date(at).toISOString().slice(-13, -8)} UTC`;

/** A day: '21 Nov 2026' (UTC). */
export function date(at: number): string {
  const day = new Date(at);
  return `${day.getUTCDate()} ${MONTHS[day.getUTCMonth()]} ${day.getUTCFullYear()}`;
}

/**
 * 'a', 'a and b', 'a, b and c'. With `most`, further items are counted: 'a, b and 7 more'. Empty for no
 * items.
 */
export function listed(items: readonly string[], most = Number.POSITIVE_INFINITY): string {
  const shown = items.length > most ? [...items.slice(0, most), `${items.length - most} more`] : items;
  const last = shown.at(-1) ?? '';
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${last}` : last;
}

/** '1 user', '12,345 users'. */
export const counted = (count: number, noun: string): string =>
  `${count.toLocaleString('en')} ${noun}${count === 1 ? '' : 's'}`;

/** How long something took or lasts: '45 s', '2 min 10 s', '12 min', '3 h', '2 days'. */
export function lasting(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const rest = seconds % 60 > 0 ? ` ${seconds % 60} s` : '';
  if (ms < 10 * MINUTE) return `${Math.floor(seconds / 60)} min${rest}`;
  if (ms < 2 * HOUR) return `${Math.round(ms / MINUTE)} min`;
  return ms < 2 * DAY ? `${Math.round(ms / HOUR)} h` : counted(Math.round(ms / DAY), 'day');
}
