import type { Log } from '../domain/ports';

/** Something done again and again by every instance; safe to be done by several at once. */
export interface Chore {
  name: string;
  everyMs: number;
  run(): Promise<unknown>;
}

/** Does each chore at its pace, never twice at a time in this process; `stop` waits for those that run. */
export function startChores(chores: readonly Chore[], log: Log): { stop(): Promise<void> } {
  const running = new Map<string, Promise<void>>();
  const begin = (chore: Chore) => {
    if (running.has(chore.name)) return;
    const run = chore
      .run()
      .then(() => undefined)
      .catch((error) => log.error({ err: error, chore: chore.name }, 'a chore failed'))
      .finally(() => running.delete(chore.name));
    running.set(chore.name, run);
  };
  const timers = chores.map((chore) => setInterval(begin, chore.everyMs, chore));
  return {
    async stop() {
      for (const timer of timers) clearInterval(timer);
      await Promise.all(running.values());
    },
  };
}
