/** All calls during a run are served by one more run. Each caller gets what `work` throws. */
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
