import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { openStorage } from '../storage/openStorage';
import { interleaved } from './measure/interleaved';
import { createLoad, type Round } from './measure/load';
import { type Figure, result } from './measure/result';
import { mean, median, percentile, ratioOfMeans, ratioOfMedians } from './measure/statistics';
import { installTokenFor } from './stage/agentAtCustomer';
import type { Started } from './stage/processes';
import { startProduct } from './stage/product';
import { enrolled, type ReportingAgent, resetOf } from './stage/reportingAgent';
import { seed, silent } from './stage/seed';
import type { Keep } from './stage/stage';
import { subscribe } from './stage/subscribe';

const AGENTS = 10;
const BATCH = 100;
/** 10,000 events a minute: the agents take turns to send a batch. */
const EVERY_MS = (BATCH * 60_000) / 10_000;
const WARM_UP_SECONDS = 4;
const SECONDS = 4;
const ROUNDS = 5;
/** A busy morning of many technicians; the core can do a few times as much. */
const TURNS_PER_SECOND = 200;
/** The bot updates cards until then. */
const CALM_MS = 3_000;

/**
 * Compares chat turns alone with chat turns while agents report 10,000 resets a minute: at a usual pace, and
 * as fast as possible.
 */
export async function measureIngestion(folder: string, connector: Started, keep: Keep): Promise<Figure[]> {
  const storage = { kind: 'sqlite' as const, folder: join(folder, 'ingestion') };
  await seed(storage, { customers: AGENTS });
  const { stores, close } = await openStorage(storage, { clock: Date, log: silent });
  await subscribe(stores, 0, connector.url);
  const tokens: string[] = [];
  for (let n = 0; n < AGENTS; n++) tokens.push(await installTokenFor({ stores }, `customer-${n}`));
  await close();
  const product = await keep(startProduct(storage, { firstCore: true }));
  const agents = await Promise.all(tokens.map((token, n) => enrolled(product.url, token, n)));
  const load = createLoad(product.url, connector.url);
  await load.run(WARM_UP_SECONDS);
  const usual = await compared(agents, () => load.run(SECONDS, TURNS_PER_SECOND));
  const fastest = await compared(agents, () => load.run(SECONDS));
  for (const agent of agents) agent.close();
  await product.stop();
  const reported = mean([...usual.other, ...fastest.other].map((round) => round.reported));
  const name = 'chat turns while agents tell 10,000 resets a minute / alone';
  const goal = { atMost: 1.2 };
  const slowing = (ratio: Ratio, { one, other }: Compared, of: (round: Round) => number) =>
    ratio(
      other.map(({ beside }) => of(beside)),
      one.map(of),
    );
  return [
    result('resets that agents tell meanwhile', reported, 'a minute', { atLeast: 9_900 }),
    result(`${name}, ${TURNS_PER_SECOND} turns/s: p50`, slowing(ratioOfMedians, usual, p50), 'times', goal),
    result(
      `${name}, ${TURNS_PER_SECOND} turns/s: mean`,
      slowing(ratioOfMeans, usual, meanTurn),
      'times',
      goal,
    ),
    result(
      `a turn meanwhile, ${TURNS_PER_SECOND} turns/s: p99`,
      median(usual.other.map(({ beside }) => percentile(beside.durations, 0.99))),
      'ms',
    ),
    result(
      `${name}, as fast as they go: time of a turn`,
      slowing(ratioOfMedians, fastest, timeOfTurn),
      'times',
      goal,
    ),
  ];
}

interface Beside {
  beside: Round;
  /** Resets a minute. */
  reported: number;
}
type Compared = { one: Round[]; other: Beside[] };
type Ratio = (one: readonly number[], other: readonly number[]) => number;

/** Turns alone, and turns while agents report. */
const compared = (agents: readonly ReportingAgent[], turns: () => Promise<Round>): Promise<Compared> =>
  interleaved(
    ROUNDS,
    turns,
    () => whileReporting(agents, turns),
    () => delay(CALM_MS),
  );

const p50 = ({ durations }: Round) => percentile(durations, 0.5);
const meanTurn = ({ durations }: Round) => mean(durations);
const timeOfTurn = ({ perSecond }: Round) => 1 / perSecond;

/** Runs turns while agents report at their pace. */
async function whileReporting(
  agents: readonly ReportingAgent[],
  turns: () => Promise<Round>,
): Promise<Beside> {
  let batches = 0;
  let working = true;
  const began = performance.now();
  const tell = async () => {
    for (let next = 0; ; next++) {
      await delay(Math.max(0, began + next * EVERY_MS - performance.now()));
      if (!working) return;
      await agents[next % agents.length]?.report(BATCH, resetOf);
      batches += 1;
    }
  };
  const reporting = tell();
  try {
    const beside = await turns();
    const reported = (batches * BATCH * 60_000) / (performance.now() - began);
    return { beside, reported };
  } finally {
    working = false;
    await reporting;
  }
}
