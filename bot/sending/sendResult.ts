import { StoreUnavailable } from '../../domain/errors';

/** The result of a send, as far as the next step depends on it. */
export type SendResult =
  | { kind: 'sent'; id?: string }
  /** Teams did not take it, and nothing is wrong: it may be sent later. */
  | { kind: 'throttled'; waitMs?: number }
  | { kind: 'gone' }
  /** A setting blocks it until people change the setting. */
  | { kind: 'barred'; cause: unknown }
  | {
      kind: 'failed';
      cause: unknown;
      /** Teams may have taken it all the same. */
      unsure?: true;
      /** A fault of a kind that ends soon. */
      passing?: true;
      waitMs?: number;
    };

/** Not to be sent now: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
const THROTTLED = new Set([412, 429]);
/** Worth another try, according to the same page. */
const PASSING = new Set([502, 503, 504]);
const REFUSED = new Set([403, 404]);
/**
 * Refusals that end when an administrator wants it. After every other refusal the conversation no longer
 * exists for the bot.
 */
const BARRING = new Set(['BotDisabledByAdmin', 'NotEnoughPermissions', 'InvalidBotApiHost']);

/**
 * A send is not safe to repeat by itself (a 5xx may have delivered it), so its outcomes are told apart here,
 * once.
 */
export async function classified(send: () => Promise<string | undefined>): Promise<SendResult> {
  try {
    const id = await send();
    return { kind: 'sent', ...(id && { id }) };
  } catch (error) {
    // The link of a sign-in button could not be written down, so nothing was sent.
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

/**
 * What an error of the channel says about itself. Any other error says nothing, and then nothing was sent.
 */
interface Said {
  statusCode?: number;
  retryAfterMs?: number;
  errorCode?: string;
  /** The request went out, and no complete answer came. */
  silent?: boolean;
  /** The answer is a web page of a server in between; it says nothing about the conversation. */
  inBetween?: boolean;
}
const saidBy = (error: unknown): Said => (error ?? {}) as Said;

/** How long the channel asked the bot to wait. */
export const waitOf = (result: SendResult): number | undefined =>
  'waitMs' in result ? result.waitMs : undefined;
