import { conflict, DuplicateKey, VersionConflict } from '../errors';

/** A write fails only when another one succeeds, so each of this many writers at once comes through. */
export const TRIES = 100;

export interface Policy {
  /**
   * What is thrown when others change the document all the time: KeyturnError 'conflict' with this sentence,
   * or the caller's error.
   */
  busy?: string | ((cause: unknown) => Error);
}

const BUSY = 'Somebody else is changing this right now. Look at it again in a moment.';

/**
 * For a decision that reads several documents: `attempt` reads and writes, and runs again when somebody else
 * wrote in between. It must be safe to repeat. Throws what `attempt` throws, and what the policy says after
 * TRIES.
 */
export const retried = <R>(attempt: () => Promise<R>, policy?: Policy): Promise<R> =>
  untilDone(
    () => tried(attempt(), (error) => error instanceof VersionConflict || error instanceof DuplicateKey),
    policy,
  );

export type Try<R> = { done: R } | { faster: unknown };

/** The result of a write: done, or somebody else was faster. */
export async function tried<R>(
  write: Promise<R>,
  wasFaster = (error: unknown): boolean => error instanceof VersionConflict,
): Promise<Try<R>> {
  try {
    return { done: await write };
  } catch (error) {
    if (!wasFaster(error)) throw error;
    return { faster: error };
  }
}

export async function untilDone<R>(attempt: () => Promise<Try<R>>, { busy = BUSY }: Policy = {}): Promise<R> {
  let cause: unknown;
  for (let tries = 0; tries < TRIES; tries++) {
    const result = await attempt();
    if ('done' in result) return result.done;
    cause = result.faster;
  }
  throw typeof busy === 'string' ? conflict(busy, cause) : busy(cause);
}

/**
 * The written document; undefined, with nothing written, when somebody else changed or removed it in between.
 */
export async function unlessChanged<R>(write: Promise<R>): Promise<R | undefined> {
  const result = await tried(write);
  return 'done' in result ? result.done : undefined;
}
