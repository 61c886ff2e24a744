/** No longer wait than this is believed, whatever an answer asks for. */
const LONGEST_MS = 60 * 60_000;

/**
 * The wait that a `Retry-After` asks for, in whole milliseconds; at most an hour. It comes as seconds, whole
 * or with decimals, or as a time by the clock that wrote `date`, the answer's own `Date`; without one, by
 * ours. Undefined when it asks for nothing that is still to come, or cannot be read: then the reader's own
 * wait counts.
 */
export function retryAfterMs(
  header: string | null | undefined,
  now: number,
  date?: string | null,
): number | undefined {
  const text = header?.trim() ?? '';
  const ms = /^\d{1,15}(\.\d{1,9})?$/.test(text) ? Number(text) * 1000 : untilMs(text, now, date);
  return ms > 0 ? Math.min(Math.ceil(ms), LONGEST_MS) : undefined;
}

/** Only a date of HTTP, which names its day of the week: JavaScript takes '-5' and '1.5' for dates, too. */
function untilMs(text: string, now: number, date: string | null | undefined): number {
  if (!/^[A-Z][a-z]{2,8},? /.test(text)) return 0;
  const written = Date.parse(date ?? '');
  return Date.parse(text) - (Number.isNaN(written) ? now : written);
}
