/** However often it is called while one goes on, one more follows and serves all of them. `work` must not fail. */
export function coalesced(work: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let queued: Promise<void> | undefined;
  return () => {
    queued ??= last = last.then(() => {
      queued = undefined;
      return work();
    });
    return queued;
  };
}
