import { StoreUnavailable } from '../../domain/errors';

/** What became of a send, as far as the next step depends on it. */
export type SendResult =
  | { kind: 'sent'; id?: string }
  | { kind: 'throttled'; waitMs?: number }
  | { kind: 'gone' }
  | { kind: 'failed'; cause: unknown };

/** Worth another try: https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
const TRANSIENT = new Set([412, 429, 502, 503, 504]);
const GONE = new Set([403, 404]);

/** Sends are not safe to repeat by themselves (a 5xx may have delivered), so each outcome is told apart here, once. */
export async function classified(send: () => Promise<string | undefined>): Promise<SendResult> {
  try {
    const id = await send();
    return { kind: 'sent', ...(id && { id }) };
  } catch (error) {
    // The link of a sign-in button could not be written down: nothing was sent.
    if (error instanceof StoreUnavailable) return { kind: 'throttled' };
    const status = statusOf(error);
    if (status !== undefined && TRANSIENT.has(status)) {
      const waitMs = retryAfterOf(error);
      return { kind: 'throttled', ...(waitMs !== undefined && { waitMs }) };
    }
    if (status !== undefined && GONE.has(status)) return { kind: 'gone' };
    return { kind: 'failed', cause: error };
  }
}

const statusOf = (error: unknown): number | undefined => {
  const status = (error as { statusCode?: unknown } | null)?.statusCode;
  return typeof status === 'number' ? status : undefined;
};

const retryAfterOf = (error: unknown): number | undefined => {
  const wait = (error as { retryAfterMs?: unknown } | null)?.retryAfterMs;
  return typeof wait === 'number' ? wait : undefined;
};
