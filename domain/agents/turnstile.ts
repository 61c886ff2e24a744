import { tryLaterAgent } from './agentRefusal';

/** Does `work` when it is its turn. Throws AgentRefusal 'tryLater' when too many wait already. */
export type Turnstile = <T>(work: () => Promise<T>) => Promise<T>;

/** Lets `most` through at a time and keeps `mostWaiting` in line: a hundred agents that come back at once do not hold up the chat. */
export function createTurnstile(most: number, mostWaiting: number): Turnstile {
  const line: (() => void)[] = [];
  let inside = 0;
  return async (work) => {
    if (inside < most) inside++;
    else if (line.length >= mostWaiting) throw tryLaterAgent('too many wait');
    else await new Promise<void>((resolve) => line.push(resolve));
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next) next();
      else inside--;
    }
  };
}
