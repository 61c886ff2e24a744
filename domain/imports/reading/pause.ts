const ROWS_AT_ONCE = 100;

/** Does `work` for each item and lets other work in between: thousands of rows do not block the process. */
export async function eachInTurn<T>(items: readonly T[], work: (item: T) => void): Promise<void> {
  for (let from = 0; from < items.length; from += ROWS_AT_ONCE) {
    if (from > 0) await new Promise((resolve) => setImmediate(resolve));
    for (const item of items.slice(from, from + ROWS_AT_ONCE)) work(item);
  }
}
