import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type BotClient, createBotClient } from '../agent/bot/botClient';
import { createBotClock } from '../agent/bot/botClock';
import { createExchange } from '../agent/bot/exchange';
import { openIdentity } from '../agent/identity';
import type { AgentEvent } from '../domain/agentProtocol/agentEvent';
import { openStorage } from '../storage/openStorage';
import { installTokenFor } from './agentAtCustomer';
import { interleaved } from './interleaved';
import { createLoad, type Round } from './load';
import type { Started } from './processes';
import { startProduct } from './product';
import { type Figure, result } from './result';
import { seed, silent } from './seed';
import type { Keep } from './stage';
import { mean, median, percentile, ratioOfMeans, ratioOfMedians } from './statistics';
import { subscribe } from './subscribe';

const AGENTS = 10;
const BATCH = 100;
/** 10,000 events a minute: one agent after another tells a batch. */
const EVERY_MS = (BATCH * 60_000) / 10_000;
const WARM_UP_SECONDS = 4;
const SECONDS = 4;
const ROUNDS = 5;
/** A busy morning of many technicians; the core has a few times as much to give. */
const TURNS_PER_SECOND = 200;
/** Cards are brought up to date until then. */
const CALM_MS = 3_000;

/**
 * Chat turns, held against the same while agents tell 10,000 resets a minute, in turns: at a usual pace, and
 * as fast as they go.
 */
export async function measureIngestion(folder: string, connector: Started, keep: Keep): Promise<Figure[]> {
  const storage = { kind: 'sqlite' as const, folder: join(folder, 'ingestion') };
  await seed(storage, { customers: AGENTS });
  const { stores, close } = await openStorage(storage, { clock: Date, log: silent });
  await subscribe(stores, 0, connector.url);
  const tokens: string[] = [];
  for (let n = 0; n < AGENTS; n++) tokens.push(await installTokenFor(stores, `customer-${n}`));
  await close();
  const product = await keep(startProduct(storage, { firstCore: true }));
  const agents = await Promise.all(tokens.map((token, n) => enrolled(product.url, token, n)));
  const load = createLoad(product.url, connector.url);
  await load.run(WARM_UP_SECONDS);
  const usual = await compared(agents, () => load.run(SECONDS, TURNS_PER_SECOND));
  const fastest = await compared(agents, () => load.run(SECONDS));
  for (const agent of agents) agent.close();
  await product.stop();
  const told = mean([...usual.other, ...fastest.other].map((round) => round.told));
  const name = 'chat turns while agents tell 10,000 resets a minute / alone';
  const goal = { atMost: 1.2 };
  const slowing = (ratio: Ratio, { one, other }: Compared, of: (round: Round) => number) =>
    ratio(
      other.map(({ beside }) => of(beside)),
      one.map(of),
    );
  return [
    result('resets that agents tell meanwhile', told, 'a minute', { atLeast: 9_900 }),
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
  told: number;
}
type Compared = { one: Round[]; other: Beside[] };
type Ratio = (one: readonly number[], other: readonly number[]) => number;

/** Turns alone, and turns while agents tell. */
const compared = (agents: readonly TellingAgent[], turns: () => Promise<Round>): Promise<Compared> =>
  interleaved(
    ROUNDS,
    turns,
    () => whileTelling(agents, turns),
    () => delay(CALM_MS),
  );

const p50 = ({ durations }: Round) => percentile(durations, 0.5);
const meanTurn = ({ durations }: Round) => mean(durations);
const timeOfTurn = ({ perSecond }: Round) => 1 / perSecond;

interface TellingAgent {
  /** Tells a batch of resets, each of another user; resolves when they are acknowledged. */
  tell(): Promise<void>;
  close(): void;
}

async function enrolled(server: string, token: string, number: number): Promise<TellingAgent> {
  const secrets = {
    read: async () => undefined,
    write: async () => undefined,
    remove: async () => undefined,
  };
  const identity = await openIdentity(secrets);
  const exchange = createExchange({ server });
  const deps = { server, exchange, identity, clock: createBotClock(Date.now) };
  const machine = { id: `machine-${number}`, name: `DC${number}`, os: 'Windows Server 2022 Standard' };
  const { agentId } = await createBotClient(deps).enrol(token, machine);
  const client: BotClient = createBotClient({ ...deps, agentId });
  const stream = randomUUID();
  let seq = 0;
  return {
    async tell() {
      const events = Array.from({ length: BATCH }, () => resetOf(++seq));
      await client.sendEvents(stream, events);
    },
    close: () => exchange.close(),
  };
}

function resetOf(seq: number): AgentEvent {
  const objectGuid = randomUUID();
  const now = Date.now();
  const name = `user${objectGuid.slice(0, 8)}`;
  return {
    seq,
    id: randomUUID(),
    type: 'reset',
    seenAt: now,
    user: {
      objectGuid,
      objectSid: `S-1-5-21-1004336348-1177238915-682003330-${seq}`,
      samAccountName: name,
      userPrincipalName: `${name}@contoso.test`,
      displayName: `User ${name}`,
      distinguishedName: `CN=${name},OU=Users,DC=contoso,DC=test`,
      userAccountControl: 512,
      pwdLastSet: `${133_800_000_000_000_000n + BigInt(now)}`,
      memberOf: ['CN=Sales,OU=Groups,DC=contoso,DC=test'],
    },
    how: 'unknown',
    mustChange: false,
    password: { pwdLastSet: `${133_800_000_000_000_000n + BigInt(now)}`, version: 2 },
    changedAt: now,
    times: 1,
    late: false,
  };
}

/** Has turns taken while agents tell at their pace. */
async function whileTelling(agents: readonly TellingAgent[], turns: () => Promise<Round>): Promise<Beside> {
  let batches = 0;
  let working = true;
  const began = performance.now();
  const tell = async () => {
    for (let next = 0; ; next++) {
      await delay(Math.max(0, began + next * EVERY_MS - performance.now()));
      if (!working) return;
      await agents[next % agents.length]?.tell();
      batches += 1;
    }
  };
  const telling = tell();
  try {
    const beside = await turns();
    const told = (batches * BATCH * 60_000) / (performance.now() - began);
    return { beside, told };
  } finally {
    working = false;
    await telling;
  }
}
