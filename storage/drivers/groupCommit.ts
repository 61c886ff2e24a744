import { DuplicateKey } from '../../domain/errors';

interface Transactions {
  /** All or nothing. */
  transaction<T>(work: () => T): T;
}

interface Write {
  work: () => unknown;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

type Outcome = { value: unknown } | { duplicate: DuplicateKey };

/** Longest time, in milliseconds, for which a write waits for others while the process is busy. */
const GATHERING = 15;
/** A round of the event loop that took less, in milliseconds, had nothing to do: nobody else is about to write. */
const IDLE_ROUND = 0.05;

/**
 * Writes of one moment share a commit, and so one wait for the disk: a moment ends with the first round of the event
 * loop that had nothing to do, at the latest after 15 ms. Each is settled only after that commit; a refused unique key
 * fails its own write alone, anything else fails all of them.
 */
export function groupCommit(sqlite: Transactions): <T>(work: () => T) => Promise<T> {
  let waiting: Write[] = [];
  const flush = () => {
    const writes = waiting;
    waiting = [];
    try {
      settle(writes, committed(sqlite, writes));
    } catch (error) {
      for (const { reject } of writes) reject(error);
    }
  };
  const gather = (began: number, before?: number) => {
    const now = performance.now();
    const idle = before !== undefined && now - before < IDLE_ROUND;
    if (idle || now - began > GATHERING) flush();
    else setImmediate(gather, began, now);
  };
  return (work) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(gather, performance.now());
      waiting.push({ work, resolve, reject });
    });
}

/** One write commits by itself: it needs no transaction around it. */
function committed(sqlite: Transactions, writes: Write[]): Outcome[] {
  const all = () => writes.map(({ work }) => outcomeOf(work));
  return writes.length === 1 ? all() : sqlite.transaction(all);
}

function outcomeOf(work: () => unknown): Outcome {
  try {
    return { value: work() };
  } catch (error) {
    if (error instanceof DuplicateKey) return { duplicate: error };
    throw error;
  }
}

function settle(writes: Write[], outcomes: Outcome[]): void {
  for (const [n, { resolve, reject }] of writes.entries()) {
    const outcome = outcomes[n];
    if (outcome && 'value' in outcome) resolve(outcome.value as never);
    else reject(outcome?.duplicate);
  }
}
