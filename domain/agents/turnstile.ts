import { tryLaterAgent } from './agentRefusal';

/** Does `work` when it is its turn. Throws AgentRefusal 'tryLater' when too many wait already, or when `ended` is aborted before. */
export type Turnstile = <T>(work: () => Promise<T>, ended?: AbortSignal) => Promise<T>;

/** Lets `most` through at a time and keeps `mostWaiting` in line: a hundred agents that come back at once do not hold up the chat. */
export function createTurnstile(most: number, mostWaiting: number): Turnstile {
  const line: (() => void)[] = [];
  let inside = 0;
  return async (work, ended) => {
    if (ended?.aborted) throw tryLaterAgent('nobody waits for it');
    if (inside < most) inside++;
    else if (line.length >= mostWaiting) throw tryLaterAgent('too many wait');
    else await turn(ended);
    try {
      return await work();
    } finally {
      const next = line.shift();
      if (next) next();
      else inside--;
    }
  };

  /** Who is gone leaves the line, and the place in it to others. */
  function turn(ended?: AbortSignal): Promise<void> {
    return new Promise((resolve, reject) => {
      const come = () => {
        ended?.removeEventListener('abort', go);
        resolve();
      };
      const go = () => {
        line.splice(line.indexOf(come), 1);
        reject(tryLaterAgent('nobody waits for it'));
      };
      ended?.addEventListener('abort', go, { once: true });
      line.push(come);
    });
  }
}
