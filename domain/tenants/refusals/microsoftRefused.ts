import type { SignInRefusal } from './refusalTable';

/**
 * What an engineer needs to find a refusal in Entra's sign-in log; each mark has one exact form, so it is
 * safe to show.
 */
export interface RefusalMarks {
  /** The AADSTS number. */
  number?: string;
  correlationId?: string;
  /** As Microsoft writes it: `2026-11-30 16:05:12Z`. */
  at?: string;
}

export class MicrosoftRefused extends Error {
  override readonly name = 'MicrosoftRefused';
  readonly marks: RefusalMarks;
  /** How long Microsoft asks us to wait. */
  readonly waitMs: number | undefined;
  constructor(
    readonly refusal: SignInRefusal,
    { waitMs, ...marks }: RefusalMarks & { waitMs?: number | undefined } = {},
    options?: { cause?: unknown },
  ) {
    super(refusal, options);
    this.marks = marks;
    this.waitMs = waitMs;
  }
}

/**
 * Takes from a description or an error's text only marks of the exact form: a redirect's query
 * can say anything.
 */
export function marksIn(text = ''): RefusalMarks {
  const number = /\bAADSTS(\d{4,9})\b/.exec(text)?.[1];
  const correlationId =
    /\bCorrelation ID: ([0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12})\b/i.exec(text)?.[1];
  const at = /\bTimestamp: (\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ)/.exec(text)?.[1];
  return { ...(number && { number }), ...(correlationId && { correlationId }), ...(at && { at }) };
}
