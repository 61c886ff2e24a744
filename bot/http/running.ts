/** Counts work that must not be cut off by a stop. */
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
    /** Resolves when nothing runs any more, or after `limitMs`, with the number of what still ran then. */
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
