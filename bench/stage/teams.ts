import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { BenchFault } from '../benchFault';
import { type Started, startServer } from './processes';

const taken = z.object({
  times: z.array(z.number()),
  conversations: z.number(),
  refused: z.number(),
  marks: z.record(z.number()),
});
type Taken = z.output<typeof taken>;

/** The stand-in for Teams that counts the messages that the bot sends unasked. */
export interface Teams extends Started {
  /** Forgets everything; with `limited`, enforces Teams' limits from now on. */
  begin(limited: boolean): Promise<void>;
  taken(): Promise<Taken>;
  /** What Teams accepted, once `done` returns true for it. Throws BenchFault after `patienceMs`. */
  until(done: (taken: Taken) => boolean, patienceMs: number): Promise<Taken>;
}

export async function startTeams(): Promise<Teams> {
  const started = await startServer('teams', { firstCore: false });
  const teams: Teams = {
    ...started,
    async begin(limited) {
      await fetch(`${started.url}/begin`, { method: 'POST', body: JSON.stringify({ limited }) });
    },
    taken: async () => taken.parse(await (await fetch(`${started.url}/taken`)).json()),
    async until(done, patienceMs) {
      const began = performance.now();
      for (;;) {
        const now = await teams.taken();
        if (done(now)) return now;
        if (performance.now() - began > patienceMs)
          throw new BenchFault(`Teams took ${now.times.length} messages and no more`);
        await delay(250);
      }
    },
  };
  return teams;
}
