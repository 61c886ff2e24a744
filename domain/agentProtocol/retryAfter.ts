/** The longest wait that is accepted, whatever an answer asks for. */
const LONGEST_MS = 60 * 60_000;

/**
 * The wait that a `Retry-After` asks for, in whole milliseconds, at most an hour. It comes as seconds,
 * whole or with decimals, or as a time by the clock that wrote `date`, the answer's own `Date`; without a
 * `date`, by our clock. Undefined: it names no time in the future, or cannot be read. Then the reader's own
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

/**
 * Accepts only a date in the form of HTTP, which names its day of the week: JavaScript also reads '-5' and
 * '1.5' as dates.
 */
function untilMs(text: string, now: number, date: string | null | undefined): number {
  if (!/^[A-Z][a-z]{2,8},? /.test(text)) return 0;
  const written = Date.parse(date ?? '');
  return Date.parse(text) - (Number.isNaN(written) ? now : written);
}
