/** Jest's limit for tests that end by their progress: an hour, which only a mistake in them reaches. */
export const BY_PROGRESS_MS = 60 * 60_000;
/**
 * So many seconds of this process's own clock without a step are a standstill. Time in which a busy machine
 * does not run the process does not count.
 */
const MOST_STILL = 120;

/**
 * Does work of many steps, each of which calls `moved`. On a busy machine it takes as long as it needs. It
 * fails when nothing moves any more, and says how far it came.
 */
export async function whileItMoves<T>(work: (moved: () => void) => Promise<T>): Promise<T> {
  let steps = 0;
  let still = 0;
  let clock: NodeJS.Timeout | undefined;
  const standstill = new Promise<never>((_, reject) => {
    clock = setInterval(() => {
      still += 1;
      if (still >= MOST_STILL) reject(new Error(`nothing moved for ${MOST_STILL} s, after ${steps} steps`));
    }, 1000);
  });
  const moved = () => {
    steps += 1;
    still = 0;
  };
  try {
    return await Promise.race([work(moved), standstill]);
  } finally {
    clearInterval(clock);
  }
}

/** Does all of them at once; each one that ends is a step. */
export const eachMoves = <In, Out>(
  moved: () => void,
  things: readonly In[],
  work: (thing: In) => Promise<Out>,
): Promise<Out[]> =>
  Promise.all(
    things.map(async (thing) => {
      const done = await work(thing);
      moved();
      return done;
    }),
  );
