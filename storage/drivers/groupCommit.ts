import { DuplicateKey } from '../../domain/errors';

interface Transactions {
  /** Runs `work` whole or not at all. */
  transaction<T>(work: () => T): T;
}

interface Write {
  work: () => unknown;
  resolve: (value: never) => void;
  reject: (error: unknown) => void;
}

type Outcome = { value: unknown } | { duplicate: DuplicateKey };

/** The longest time, in milliseconds, for which a write waits for others while the process is busy. */
const GATHERING = 15;
/** A round of the event loop that took less time, in milliseconds, was idle: no other write is coming. */
const IDLE_ROUND = 0.05;

/**
 * Writes that come together share a commit, and so one wait for the disk. A group ends with the first idle
 * round of the event loop, at the latest after 15 ms. A write settles only after the commit. A refused unique
 * key fails only its own write; any other error fails the whole group.
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

/** A single write commits by itself and needs no transaction. */
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
