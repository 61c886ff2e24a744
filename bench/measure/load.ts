import autocannon from 'autocannon';
import { BenchFault } from '../benchFault';
import { createConversation } from '../stage/conversation';
import { PEOPLE } from '../stage/seed';

/** How many requests run at the same time. */
const CONNECTIONS = 20;

export interface Round {
  perSecond: number;
  /** Milliseconds, for each answered request. */
  durations: number[];
}

/**
 * A server that answered no request in its seconds gets twice as long, up to this limit. The same limit holds
 * for each request.
 */
const MOST_SECONDS = 60;

export interface Load {
  /**
   * Sends `perSecond` requests a second; absent: as many as possible. Runs longer than `seconds` only until
   * the first answer. Throws BenchFault unless every answer is 2xx.
   */
  run(seconds: number, perSecond?: number): Promise<Round>;
}

/**
 * People who talk to one server. Each connection carries the conversations of its own people, turn by turn.
 */
export function createLoad(url: string, serviceUrl: string): Load {
  const lanes = Array.from({ length: CONNECTIONS }, (_, first) => {
    const people = Array.from({ length: PEOPLE / CONNECTIONS }, (_, n) => first + n * CONNECTIONS);
    return people.map((number) => createConversation(number, serviceUrl));
  });
  return { run: (seconds, perSecond) => run(`${url}/api/messages`, { seconds, perSecond }, lanes) };
}

async function run(
  url: string,
  { seconds, perSecond }: { seconds: number; perSecond?: number },
  lanes: { next(): string }[][],
): Promise<Round> {
  const durations: number[] = [];
  let started = 0;
  const began = performance.now();
  const outcome = await autocannon({
    url,
    connections: lanes.length,
    duration: seconds,
    timeout: MOST_SECONDS,
    ...(perSecond && { overallRate: perSecond }),
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    setupClient: (client) => {
      const lane = lanes[started++] ?? [];
      let spoken = 0;
      const speak = () => client.setBody(lane[spoken++ % lane.length]?.next() ?? '');
      client.on('response', (_status, _bytes, duration) => {
        durations.push(duration);
        speak();
      });
      speak();
    },
  });
  const { non2xx, errors, timeouts } = outcome;
  const faults = non2xx + errors + timeouts;
  if (faults === 0 && durations.length === 0 && seconds < MOST_SECONDS)
    return run(url, { seconds: 2 * seconds, perSecond }, lanes);
  if (faults > 0 || durations.length === 0)
    throw new BenchFault(
      `${url}: ${durations.length} answers, ${non2xx} refused, ${errors} broken, ${timeouts} late`,
    );
  return { perSecond: durations.length / ((performance.now() - began) / 1000), durations };
}
