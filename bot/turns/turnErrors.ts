import { randomBytes } from 'node:crypto';
import { KeyturnError, StoreUnavailable } from '../../domain/errors';
import type { Log } from '../../domain/ports';

/** True also when the last write may have succeeded: a retry finds it. */
const STORE_AWAY =
  'I can’t reach my own records right now. Please send that again in a minute; nothing will be done twice.';

/**
 * The one boundary for errors: turns an error into words for the person. An unknown error shows a reference
 * only; its detail goes to the log, and `known` false says that the conversation it broke should not go on.
 * The words never claim that nothing changed after an unknown error: it may come after a write.
 */
export function toldOf(error: unknown, log: Log): { sentence: string; known: boolean } {
  if (error instanceof KeyturnError) {
    log.debug?.({ refusal: error.code }, 'refused');
    if (error.cause) log.warn({ err: error.cause, code: error.code }, 'refused with a cause');
    return { sentence: error.sentence, known: true };
  }
  if (error instanceof StoreUnavailable) {
    log.error({ err: error }, 'the store is not reachable');
    return { sentence: STORE_AWAY, known: true };
  }
  const reference = randomBytes(3).toString('hex').toUpperCase();
  log.error({ err: error, reference }, 'a turn failed');
  return {
    sentence: `Something went wrong, and I don’t know if it was done. Please check before you do it again. If it happens again, tell your Keyturn admin this reference: ${reference}.`,
    known: false,
  };
}
