import autocannon from 'autocannon';
import { BenchFault } from './benchFault';
import { createConversation } from './conversation';
import { PEOPLE } from './seed';

/** Requests at the same time. */
const CONNECTIONS = 20;

export interface Round {
  perSecond: number;
  /** Milliseconds, of each request that was answered. */
  durations: number[];
}

/** A server that has answered nobody in its seconds is given twice as long, up to this; and so long has each request. */
const MOST_SECONDS = 60;

export interface Load {
  /** Throws BenchFault unless every request was answered with 2xx; longer than `seconds` only until there is an answer. */
  run(seconds: number): Promise<Round>;
}

/** People talking to one server; each connection carries the conversations of its own people, turn by turn. */
export function createLoad(url: string, serviceUrl: string): Load {
  const lanes = Array.from({ length: CONNECTIONS }, (_, first) => {
    const people = Array.from({ length: PEOPLE / CONNECTIONS }, (_, n) => first + n * CONNECTIONS);
    return people.map((number) => createConversation(number, serviceUrl));
  });
  return { run: (seconds) => run(`${url}/api/messages`, seconds, lanes) };
}

async function run(url: string, seconds: number, lanes: { next(): string }[][]): Promise<Round> {
  const durations: number[] = [];
  let started = 0;
  const began = performance.now();
  const outcome = await autocannon({
    url,
    connections: lanes.length,
    duration: seconds,
    timeout: MOST_SECONDS,
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
  if (faults === 0 && durations.length === 0 && seconds < MOST_SECONDS) return run(url, 2 * seconds, lanes);
  if (faults > 0 || durations.length === 0)
    throw new BenchFault(
      `${url}: ${durations.length} answers, ${non2xx} refused, ${errors} broken, ${timeouts} late`,
    );
  return { perSecond: durations.length / ((performance.now() - began) / 1000), durations };
}
