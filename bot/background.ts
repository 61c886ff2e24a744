import type { Log } from '../domain/ports';

/** Work that every instance repeats; safe when several do it at once. */
export interface Chore {
  name: string;
  everyMs: number;
  /** `stopping` aborts when the process wants to end: long work then leaves its rest to others. */
  run(stopping?: AbortSignal): Promise<unknown>;
}

/** Chores at a shorter interval are logged only when they report that they found something. */
const SELDOM_MS = 60_000;

export interface Background {
  start(): void;
  /**
   * Runs it now instead of at its next turn. When it runs already, it runs once more after that, since it
   * may have looked too early.
   */
  wake(name: string): void;
  /** Signals the running chores and waits for them; none begins after that. */
  stop(): Promise<void>;
}

/** Runs each chore at its interval and when it is woken; never twice at a time in this process. */
export function createBackground(chores: readonly Chore[], log: Log): Background {
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  const again = new Set<Chore>();
  const begin = (chore: Chore) => {
    if (running.has(chore.name) || stopping.signal.aborted) return;
    const began = performance.now();
    const run = chore
      .run(stopping.signal)
      .then((found) => {
        if (chore.everyMs >= SELDOM_MS || (typeof found === 'number' && found > 0))
          log.debug?.({ chore: chore.name, found, ms: Math.round(performance.now() - began) }, 'chore done');
      })
      .catch((error) => log.error({ err: error, chore: chore.name }, 'a chore failed'))
      .finally(() => {
        running.delete(chore.name);
        if (again.delete(chore)) begin(chore);
      });
    running.set(chore.name, run);
  };
  let timers: NodeJS.Timeout[] = [];
  return {
    start() {
      timers = chores.map((chore) => setInterval(begin, chore.everyMs, chore));
    },
    wake(name) {
      const chore = chores.find((each) => each.name === name);
      if (!chore || timers.length === 0) return;
      if (running.has(name)) again.add(chore);
      else begin(chore);
    },
    async stop() {
      for (const timer of timers) clearInterval(timer);
      stopping.abort();
      await Promise.all(running.values());
    },
  };
}
