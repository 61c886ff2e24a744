import { z } from 'zod';

/** The channel answered with something else than success. `retryAfterMs` when it said how long to wait. */
export class ChannelRefused extends Error {
  override readonly name = 'ChannelRefused';
  constructor(
    readonly statusCode: number,
    readonly retryAfterMs: number | undefined,
    /** The channel's own code, such as `ConversationBlockedByUser`. */
    readonly errorCode: string | undefined,
  ) {
    super(`the channel answered ${statusCode}`);
  }
}

/** The request was on its way and no whole answer came: nobody can know whether it was taken. */
export class ChannelSilent extends Error {
  override readonly name = 'ChannelSilent';
  readonly silent = true;
  constructor(cause: unknown) {
    super('the channel did not answer', { cause });
  }
}

const code = z.string().transform((text) => text.slice(0, 100));
const byName = z.object({ error: z.object({ code }) }).transform(({ error }) => error.code);
/** Of chats that are closed to the bot: JSON in a text in JSON. */
const byNumber = z
  .object({ errorCode: z.number(), message: z.string().transform(parsed) })
  .pipe(z.object({ message: z.object({ subCode: code }) }))
  .transform(({ message }) => message.subCode);
const errorCodes = z.union([byName, byNumber]).optional().catch(undefined);

/** Reads the code of a refusal in either form that the channel has for it; undefined when it says none. */
export const errorCodeOf = (json: unknown): string | undefined => errorCodes.parse(json);

const LONGEST_WAIT_MS = 60 * 60_000;

/**
 * What a `Retry-After` asks for, in seconds or as a time by the clock that wrote `date`, in ms; at most an hour, whatever it
 * says. Undefined when it asks for nothing that is to come.
 */
export function retryAfterMs(header: string | undefined, date: string | undefined): number | undefined {
  if (!header) return undefined;
  const seconds = Number(header);
  const ms = Number.isNaN(seconds) ? Date.parse(header) - Date.parse(date ?? '') : seconds * 1000;
  return ms > 0 ? Math.min(ms, LONGEST_WAIT_MS) : undefined;
}

/** An answer that is not JSON says nothing beyond its status. */
export function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
