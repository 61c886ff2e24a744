import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { z } from 'zod';
import { makeCertificate } from '../sandbox/certificate';
import { startMicrosoftSandbox } from '../sandbox/microsoft/startMicrosoftSandbox';
import { openStorage } from '../storage/openStorage';
import { BenchFault } from './benchFault';
import { type Figure, result } from './measure/result';
import { installTokenFor } from './stage/agentAtCustomer';
import { connectTo } from './stage/connectTo';
import { envelopeOf } from './stage/conversation';
import { personOf } from './stage/people';
import type { Started } from './stage/processes';
import { GRAPH_APP_ID, startProduct } from './stage/product';
import { enrolled, type ReportingAgent, resetOf } from './stage/reportingAgent';
import { seed, silent } from './stage/seed';
import type { Keep } from './stage/stage';
import { subscribe } from './stage/subscribe';
import { startTeams, type Teams } from './stage/teams';

const BATCH = 200;
/** How many batches the agent sends before the measurement begins. */
const AHEAD = 10;
const ROUNDS = 8;
const PATIENCE_MS = 120_000;
const HOSTILE = { customer: 'customer-0', tenantId: 'b2d8e1a3-4c75-4f1b-8b68-1e7d2c3f5a02' };
const TESTED = { customer: 'customer-1', tenantId: 'a1c9d0f2-3b64-4e0a-9a57-0d6c1b2e4f01' };
const customerOfRound = (round: number) => `customer-${2 + round}`;

/**
 * One customer's agent reports resets of privileged accounts as fast as it can, and the bot looks for each of
 * them in Microsoft 365. Meanwhile other customers report a reset and test a connection: the slowest of each
 * counts.
 */
export async function measureFlood(folder: string, connector: Started, keep: Keep): Promise<Figure[]> {
  const certificate = await makeCertificate(join(folder, 'flood-certificate'));
  const clientSecret = randomBytes(24).toString('base64url');
  const microsoft = await startMicrosoftSandbox({
    certificate,
    clientId: GRAPH_APP_ID,
    clientSecret,
    redirectUris: [],
  });
  try {
    for (const { tenantId } of [HOSTILE, TESTED]) microsoft.control.grantConsent(tenantId);
    const env = {
      MICROSOFT_LOGIN_URL: microsoft.loginUrl,
      GRAPH_URL: microsoft.graphUrl,
      GRAPH_APP_SECRET: clientSecret,
      NODE_EXTRA_CA_CERTS: certificate.caFile,
    };
    const figures = await measured(join(folder, 'flood'), { connector, env, keep });
    const looks = microsoft.control.requests().filter(({ path }) => path.startsWith('/v1.0/users')).length;
    return [...figures, result('looks for them in Microsoft 365 meanwhile', looks, 'questions')];
  } finally {
    await microsoft.stop();
  }
}

interface Around {
  connector: Started;
  env: Record<string, string>;
  keep: Keep;
}

async function measured(folder: string, { connector, env, keep }: Around): Promise<Figure[]> {
  const teams = await keep(startTeams());
  await teams.begin(true);
  const storage = { kind: 'sqlite' as const, folder };
  await seed(storage, { customers: 2 + ROUNDS, people: 2 });
  const { stores, close } = await openStorage(storage, { clock: Date, log: silent });
  await subscribe(stores, 0, teams.url);
  const tested = await connectTo({ stores }, TESTED);
  await connectTo({ stores }, HOSTILE);
  const ids = [HOSTILE.customer, ...Array.from({ length: ROUNDS }, (_, round) => customerOfRound(round))];
  const tokens: string[] = [];
  for (const id of ids) tokens.push(await installTokenFor({ stores }, id));
  await close();
  const product = await keep(startProduct(storage, { firstCore: true, env }));
  const agents: ReportingAgent[] = [];
  for (const [n, token] of tokens.entries()) agents.push(await enrolled(product.url, token, n));
  const [hostile, ...quiet] = agents;
  if (!hostile) throw new BenchFault('nobody to flood');
  const flood = startFlood(hostile);
  const resets: number[] = [];
  const tests: number[] = [];
  try {
    while (flood.reported() < AHEAD * BATCH) await delay(20);
    for (const [round, agent] of quiet.entries()) {
      resets.push(await timeOfReset(agent, teams, round));
      tests.push(await timeOfTest(product, connector, tested.name));
    }
  } finally {
    await flood.stop();
    for (const agent of agents) agent.close();
  }
  await product.stop();
  await teams.stop();
  const slowest = (name: string, seconds: readonly number[], atMost: number) =>
    result(`during a flood, ${name}: slowest of ${ROUNDS}`, Math.max(...seconds), 's', { atMost });
  return [
    result('resets of the flood', flood.reported(), 'resets'),
    slowest('another customer’s reset to its card', resets, 3),
    slowest('another customer’s connection test', tests, 2),
  ];
}

/** Sends batch after batch, and tries again when the bot refuses it for sending too much. */
function startFlood(agent: ReportingAgent) {
  let reported = 0;
  let stopped = false;
  const reporting = (async () => {
    while (!stopped)
      await agent
        .report(BATCH, (seq) => resetOf(seq, { adminCount: 1 }))
        .then(
          () => {
            reported += BATCH;
          },
          () => delay(5),
        );
  })();
  return {
    reported: () => reported,
    async stop() {
      stopped = true;
      await reporting;
    },
  };
}

/** Seconds until the reset's card is in Teams. */
async function timeOfReset(agent: ReportingAgent, teams: Teams, round: number): Promise<number> {
  const mark = `mark-${round}-`;
  const began = performance.timeOrigin + performance.now();
  await agent.report(1, (seq) => resetOf(seq, { displayName: mark }));
  const { marks } = await teams.until((taken) => mark in taken.marks, PATIENCE_MS);
  return ((marks[mark] ?? Number.NaN) - began) / 1_000;
}

const counted = z.object({ tests: z.number() });

/** Seconds from a technician's message to the card that shows the result of the test. */
async function timeOfTest(product: Started, connector: Started, customer: string): Promise<number> {
  const tests = async () => counted.parse(await (await fetch(`${connector.url}/counted`)).json()).tests;
  const before = await tests();
  const began = performance.now();
  const said = {
    ...envelopeOf(personOf(1), connector.url)(),
    type: 'message',
    text: `test connection ${customer}`,
  };
  const answer = await fetch(`${product.url}/api/messages`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ ...said, textFormat: 'plain' }),
  });
  if (!answer.ok) throw new BenchFault(`a technician was answered with ${answer.status}`);
  while ((await tests()) === before) {
    if (performance.now() - began > PATIENCE_MS) throw new BenchFault('the connection is not tested');
    await delay(20);
  }
  return (performance.now() - began) / 1_000;
}
