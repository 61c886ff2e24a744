/** However often it is called while one goes on, one more follows and serves all of them. Who called gets what `work` throws. */
export function coalesced(work: () => Promise<void>): () => Promise<void> {
  let last: Promise<void> = Promise.resolve();
  let queued: Promise<void> | undefined;
  return () => {
    queued ??= last = last
      .catch(() => undefined)
      .then(() => {
        queued = undefined;
        return work();
      });
    return queued;
  };
}
