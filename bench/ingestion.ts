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
import { createLoad, type Round } from './load';
import type { Started } from './processes';
import { startProduct } from './product';
import { type Result, result } from './result';
import { seed, silent } from './seed';
import { median, percentile } from './statistics';
import { subscribe } from './subscribe';

const AGENTS = 10;
const BATCH = 100;
/** 10,000 events a minute: one agent after another tells a batch. */
const EVERY_MS = (BATCH * 60_000) / 10_000;
const WARM_UP_SECONDS = 4;
const SECONDS = 5;
const ROUNDS = 3;
/** Cards are brought up to date until then. */
const CALM_MS = 4_000;

/** Chat turns as fast as they go, held against the same while agents tell 10,000 resets a minute, round by round in turns. */
export async function measureIngestion(
  folder: string,
  connector: Started,
  keep: <S extends Started>(server: Promise<S>) => Promise<S>,
): Promise<Result[]> {
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
  const alone: Round[] = [];
  const beside: (Round & { told: number })[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    alone.push(await load.run(SECONDS));
    beside.push(await whileTelling(agents, () => load.run(SECONDS)));
    await delay(CALM_MS);
  }
  for (const agent of agents) agent.close();
  await product.stop();
  const ratios = beside.map(({ perSecond }, round) => (alone[round]?.perSecond ?? Number.NaN) / perSecond);
  const p50 = (rounds: Round[]) =>
    percentile(
      rounds.flatMap(({ durations }) => durations),
      0.5,
    );
  return [
    result('resets told by agents meanwhile', median(beside.map(({ told }) => told)), 'a minute', {
      atLeast: 9_900,
    }),
    result('chat turns alone: p50', p50(alone), 'ms'),
    result('chat turns while agents tell 10,000 resets a minute: p50', p50(beside), 'ms'),
    result('chat turns alone / while agents tell: turns a second', median(ratios), 'times', { atMost: 1.2 }),
  ];
}

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

/** Does `work` while agents tell at their pace; `told`: events that were acknowledged, a minute. */
async function whileTelling<T>(
  agents: readonly TellingAgent[],
  work: () => Promise<T>,
): Promise<T & { told: number }> {
  let batches = 0;
  let working = true;
  const began = performance.now();
  const tell = async () => {
    for (let next = 0; working; next++) {
      await delay(Math.max(0, began + next * EVERY_MS - performance.now()));
      if (!working) return;
      await agents[next % agents.length]?.tell();
      batches += 1;
    }
  };
  const telling = tell();
  try {
    const done = await work();
    working = false;
    await telling;
    return { ...done, told: (batches * BATCH * 60_000) / (performance.now() - began) };
  } finally {
    working = false;
  }
}
