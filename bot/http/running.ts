/** Counts work that a stop must not cut off. */
export function createRunning() {
  const running = new Set<Promise<unknown>>();
  return {
    /** Runs `work` as counted work; resolves and throws as it does. */
    async run<T>(work: () => Promise<T>): Promise<T> {
      const promise = work();
      running.add(promise);
      try {
        return await promise;
      } finally {
        running.delete(promise);
      }
    },
    /** Resolves when no work runs any more, or after `limitMs`, to the number of works still running. */
    async settled(limitMs: number): Promise<number> {
      let timer: NodeJS.Timeout | undefined;
      const limit = new Promise((resolve) => {
        timer = setTimeout(resolve, limitMs);
      });
      await Promise.race([Promise.allSettled(running), limit]);
      clearTimeout(timer);
      return running.size;
    },
  };
}
