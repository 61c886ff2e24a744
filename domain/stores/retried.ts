import { conflict, DuplicateKey, VersionConflict } from '../errors';

/** A write fails only when another one succeeds: of so many writers at once each comes through. */
export const TRIES = 100;

export interface Policy {
  /** What is thrown when others change it all the time: KeyturnError 'conflict' with this sentence, or an error of the caller's. */
  busy?: string | ((cause: unknown) => Error);
}

const BUSY = 'Somebody else is changing this right now. Look at it again in a moment.';

/**
 * For a decision that reads several documents: `attempt` reads and writes, and runs again when somebody else wrote in
 * between. It must be safe to repeat. Throws what it throws, and what the policy says after TRIES.
 */
export const retried = <R>(attempt: () => Promise<R>, policy?: Policy): Promise<R> =>
  retriedOn((error) => error instanceof VersionConflict || error instanceof DuplicateKey, attempt, policy);

export async function retriedOn<R>(
  isPassing: (error: unknown) => boolean,
  attempt: () => Promise<R>,
  { busy = BUSY }: Policy = {},
): Promise<R> {
  let cause: unknown;
  for (let tried = 0; tried < TRIES; tried++) {
    try {
      return await attempt();
    } catch (error) {
      if (!isPassing(error)) throw error;
      cause = error;
    }
  }
  throw typeof busy === 'string' ? conflict(busy, cause) : busy(cause);
}

/** What was written; undefined, and nothing written, when somebody else changed or removed the document in between. */
export async function unlessChanged<R>(write: Promise<R>): Promise<R | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof VersionConflict) return undefined;
    throw error;
  }
}
