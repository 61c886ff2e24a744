import { BenchFault } from './benchFault';
import { createLoad } from './measure/load';
import { type Figure, result } from './measure/result';
import { median, percentile, ratioOfMedians } from './measure/statistics';
import { memoryOf, processorTimeOf, type Started } from './stage/processes';

/** A server that answers activities. */
export interface Contender {
  name: string;
  server: Started;
}

export interface Connector {
  url: string;
}

interface Measured {
  name: string;
  perSecond: number[];
  durations: number[];
  processorMs: number;
  memory: number;
}

const WARM_UP_SECONDS = 8;
/** Many short rounds: disturbances of the machine last for seconds, and the median leaves them out. */
const SECONDS = 1;
const ROUNDS = 11;

/** The contenders take turns, round by round, so that other load on the machine affects all of them alike. */
export async function measureTurns(
  contenders: readonly Contender[],
  connector: Connector,
): Promise<Measured[]> {
  const runs = contenders.map(({ name, server }) => ({
    server,
    load: createLoad(server.url, connector.url),
    measured: { name, perSecond: [], durations: [], processorMs: 0, memory: 0 } as Measured,
  }));
  for (const { load } of runs) await load.run(WARM_UP_SECONDS);
  for (let round = 0; round < ROUNDS; round++) {
    for (const { server, load, measured } of runs) {
      const before = processorTimeOf(server);
      const { perSecond, durations } = await load.run(SECONDS);
      measured.perSecond.push(perSecond);
      measured.processorMs += processorTimeOf(server) - before;
      measured.durations.push(...durations);
    }
  }
  return runs.map(({ server, measured }) => ({ ...measured, memory: memoryOf(server) }));
}

/** Each contender's figures. Requests per second are the median of its rounds. */
export const figuresOf = ({ name, perSecond, durations, processorMs, memory }: Measured): Figure[] => [
  result(`${name}: throughput`, median(perSecond), 'requests/s'),
  result(`${name}: p50`, percentile(durations, 0.5), 'ms'),
  result(`${name}: p99`, percentile(durations, 0.99), 'ms'),
  result(`${name}: processor time`, processorMs / durations.length, 'ms a request'),
  result(`${name}: memory under load`, memory, 'MB'),
];

/** The ratio of the speed of `one` to that of the other. */
export function ratioOf(
  one: Measured | undefined,
  other: Measured | undefined,
  goal?: { atLeast: number },
): Figure {
  if (!one || !other) throw new BenchFault('nothing to compare');
  const ratio = ratioOfMedians(one.perSecond, other.perSecond);
  return result(`ratio: ${one.name} / ${other.name}`, ratio, 'times', goal);
}
