import { StoreUnavailable } from '../../domain/errors';

/** What became of a send, as far as the next step depends on it. */
export type SendResult =
  | { kind: 'sent'; id?: string }
  /** Not taken, and nothing is wrong: it may be sent later. */
  | { kind: 'throttled'; waitMs?: number }
  | { kind: 'gone' }
  /** Kept out by a setting, for as long as people leave it so. */
  | { kind: 'barred'; cause: unknown }
  | {
      kind: 'failed';
      cause: unknown;
      /** It may have been taken all the same. */
      unsure?: true;
      /** Of the kind that is soon over. */
      passing?: true;
      waitMs?: number;
    };

/** Better not done now: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
const THROTTLED = new Set([412, 429]);
/** Worth another try, by the same page. */
const PASSING = new Set([502, 503, 504]);
const REFUSED = new Set([403, 404]);
/** Refusals that end when an administrator wants it; with every other one the conversation is not there for us any more. */
const BARRING = new Set(['BotDisabledByAdmin', 'NotEnoughPermissions', 'InvalidBotApiHost']);

/** Sends are not safe to repeat by themselves (a 5xx may have delivered), so each outcome is told apart here, once. */
export async function classified(send: () => Promise<string | undefined>): Promise<SendResult> {
  try {
    const id = await send();
    return { kind: 'sent', ...(id && { id }) };
  } catch (error) {
    // The link of a sign-in button could not be written down: nothing was sent.
    if (error instanceof StoreUnavailable) return { kind: 'throttled' };
    return resultOf(error);
  }
}

function resultOf(error: unknown): SendResult {
  const { statusCode: status = 0, retryAfterMs, errorCode = '', silent, inBetween } = saidBy(error);
  const wait = retryAfterMs !== undefined && { waitMs: retryAfterMs };
  if (THROTTLED.has(status)) return { kind: 'throttled', ...wait };
  if (REFUSED.has(status) && !inBetween)
    return BARRING.has(errorCode) ? { kind: 'barred', cause: error } : { kind: 'gone' };
  const unsure = silent === true || status === 408 || status >= 500;
  return {
    kind: 'failed',
    cause: error,
    ...(unsure && { unsure }),
    ...((PASSING.has(status) || inBetween) && { passing: true }),
    ...wait,
  };
}

/** What an error of the channel says of itself; of any other error nothing, and then nothing was sent. */
interface Said {
  statusCode?: number;
  retryAfterMs?: number;
  errorCode?: string;
  /** The request went out, and no whole answer came. */
  silent?: boolean;
  /** A web page of something in between: it says nothing of the conversation. */
  inBetween?: boolean;
}
const saidBy = (error: unknown): Said => (error ?? {}) as Said;

/** How long the channel asked to be left alone. */
export const waitOf = (result: SendResult): number | undefined =>
  'waitMs' in result ? result.waitMs : undefined;
