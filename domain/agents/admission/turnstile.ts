import { tryLaterAgent } from './agentRefusal';

/**
 * Does `work` when its turn comes. Throws AgentRefusal 'tryLater' when too many wait already, or when `ended`
 * is aborted before its turn.
 */
export type Turnstile = <T>(work: () => Promise<T>, ended?: AbortSignal) => Promise<T>;

interface Bounds {
  inside: number;
  waiting: number;
  /** For each user of the turnstile. */
  waitingOfOne?: number;
}

/**
 * Lets a few through at a time and keeps some in line, so that a hundred agents that come back at once do not
 * hold up the chat. Each customer has its own turnstile. Customers take turns, and no customer is inside
 * twice while others wait.
 */
export function createTurnstiles(bounds: Bounds): (who: string) => Turnstile {
  const { inside: most, waiting: mostWaiting, waitingOfOne = mostWaiting } = bounds;
  const lines = new Map<string, (() => void)[]>();
  const inside = new Map<string, number>();
  let free = most;
  let waiting = 0;

  const enter = (who: string) => {
    free -= 1;
    count(inside, who, 1);
  };
  const leave = (who: string) => {
    free += 1;
    count(inside, who, -1);
    const line = lines.get(who);
    lines.delete(who);
    if (line) lines.set(who, line);
    next();
  };
  /** A customer that was served goes behind all others; a customer with nobody inside comes first. */
  const next = () => {
    while (free > 0 && lines.size > 0) {
      const who = [...lines.keys()].find((each) => !inside.has(each)) ?? [...lines.keys()][0] ?? '';
      const line = lines.get(who) ?? [];
      const come = line.shift();
      lines.delete(who);
      if (line.length > 0) lines.set(who, line);
      if (!come) continue;
      waiting -= 1;
      enter(who);
      come();
    }
  };
  /** A caller that gives up leaves the line, so that others move up. */
  const turn = (who: string, ended?: AbortSignal) =>
    new Promise<void>((resolve, reject) => {
      const line = lines.get(who) ?? [];
      const come = () => {
        ended?.removeEventListener('abort', go);
        resolve();
      };
      const go = () => {
        line.splice(line.indexOf(come), 1);
        waiting -= 1;
        if (line.length === 0 && lines.get(who) === line) lines.delete(who);
        reject(tryLaterAgent('nobody waits for it'));
      };
      ended?.addEventListener('abort', go, { once: true });
      line.push(come);
      lines.set(who, line);
      waiting += 1;
    });

  return (who) => async (work, ended) => {
    if (ended?.aborted) throw tryLaterAgent('nobody waits for it');
    if (free > 0) enter(who);
    else if (waiting >= mostWaiting || (lines.get(who)?.length ?? 0) >= waitingOfOne)
      throw tryLaterAgent('too many wait');
    else await turn(who, ended);
    try {
      return await work();
    } finally {
      leave(who);
    }
  };
}

function count(of: Map<string, number>, who: string, by: 1 | -1): void {
  const now = (of.get(who) ?? 0) + by;
  if (now > 0) of.set(who, now);
  else of.delete(who);
}
