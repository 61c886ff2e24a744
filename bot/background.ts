import type { Log } from '../domain/ports';

/** Something done again and again by every instance; safe to be done by several at once. */
export interface Chore {
  name: string;
  everyMs: number;
  /** `stopping` is aborted when the process wants to end: what takes long leaves its rest to others then. */
  run(stopping?: AbortSignal): Promise<unknown>;
}

/** Does each chore at its pace, never twice at a time in this process; `stop` says so to those that run, and waits for them. */
export function startChores(chores: readonly Chore[], log: Log): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const running = new Map<string, Promise<void>>();
  const begin = (chore: Chore) => {
    if (running.has(chore.name)) return;
    const run = chore
      .run(stopping.signal)
      .then(() => undefined)
      .catch((error) => log.error({ err: error, chore: chore.name }, 'a chore failed'))
      .finally(() => running.delete(chore.name));
    running.set(chore.name, run);
  };
  const timers = chores.map((chore) => setInterval(begin, chore.everyMs, chore));
  return {
    async stop() {
      for (const timer of timers) clearInterval(timer);
      stopping.abort();
      await Promise.all(running.values());
    },
  };
}
