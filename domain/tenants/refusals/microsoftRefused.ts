import { z } from 'zod';
import { KeyturnError } from '../../errors';
import type { SignInRefusal } from './refusalTable';

/**
 * What an engineer needs to find a refusal in Entra's sign-in log; each mark has one exact form, so it is
 * safe to show.
 */
export const refusalMarks = z.object({
  /** The AADSTS number. */
  number: z
    .string()
    .regex(/^\d{4,9}$/)
    .optional(),
  correlationId: z.string().uuid().optional(),
  traceId: z.string().uuid().optional(),
  /** As Microsoft writes it: `2026-11-30 16:05:12Z`. */
  at: z
    .string()
    .regex(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/)
    .optional(),
});
export type RefusalMarks = z.output<typeof refusalMarks>;

/** The marks in the words of Entra's sign-in log; none where they lead nowhere. */
export const namedMarks = ({ number, correlationId, traceId, at }: RefusalMarks) =>
  number || correlationId
    ? [
        { label: 'Error code', value: number && `AADSTS${number}` },
        { label: 'Correlation ID', value: correlationId },
        { label: 'Trace ID', value: traceId },
        { label: 'Time', value: at?.replace('Z', ' UTC'), at: at && Date.parse(at.replace(' ', 'T')) },
      ].flatMap(({ label, value, at }) => (value ? [{ label, value, ...(at && { at }) }] : []))
    : [];

/** A sign-in that Microsoft refused, in our words, with the marks of its refusal. */
export class SignInRefused extends KeyturnError {
  constructor(
    sentence: string,
    readonly marks: RefusalMarks,
  ) {
    super('notAllowed', sentence);
  }
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

const UUID = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';

/**
 * Takes from a description or an error's text only marks of the exact form: a redirect's query
 * can say anything.
 */
export function marksIn(text = ''): RefusalMarks {
  const number = /\bAADSTS(\d{4,9})\b/.exec(text)?.[1];
  const [correlationId, traceId] = ['Correlation', 'Trace'].map(
    (name) => new RegExp(`\\b${name} ID: (${UUID})\\b`, 'i').exec(text)?.[1],
  );
  const at = /\bTimestamp: (\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ)/.exec(text)?.[1];
  return {
    ...(number && { number }),
    ...(correlationId && { correlationId }),
    ...(traceId && { traceId }),
    ...(at && { at }),
  };
}
