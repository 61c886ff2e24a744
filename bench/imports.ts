import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createVault } from '../bot/vault';
import type { Integration, IntegrationKind } from '../domain/integrations/integration';
import { integrationContext } from '../domain/integrations/storedKeys';
import { HUDU_ACCOUNTS, IT_GLUE_ACCOUNTS } from '../sandbox/demoAccounts';
import { openStorage, type StorageConfig } from '../storage/openStorage';
import { BenchFault } from './benchFault';
import { interleaved } from './measure/interleaved';
import { type Figure, result } from './measure/result';
import { median, ratioOfMedians } from './measure/statistics';
import { envelopeOf } from './stage/conversation';
import { FIRST_ADMIN, personOf } from './stage/people';
import { memoryOf, type Started } from './stage/processes';
import { startProduct } from './stage/product';
import { seed, silent } from './stage/seed';
import type { Keep } from './stage/stage';
import { type RawReader, startRawReader, startVendors, type Vendors } from './stage/vendors';

const KINDS = ['itglue', 'hudu'] as const;
const NAMES = { itglue: 'IT Glue', hudu: 'Hudu' };
const ROUNDS = 4;
/** How many rounds measure other people's turns, without an import and with one. */
const TALKED = 5;
/** One more import warms up, while others talk, and is not counted. */
const IMPORTS = 1 + 2 * ROUNDS + TALKED;
/**
 * A vendor needs time for a thousand rows, so this latency is held against the goal. A vendor without latency
 * shows what our own work costs.
 */
const LATENCY_MS = 250;
const TALKERS = [1, 2, 3, 4];
/** Turns that make no request to a vendor. */
const SAID = ['customers', 'help', 'tenants', 'remove customer', 'cancel'];
const PATIENCE_MS = 20_000;
const MASTER_KEY = { kid: 'bench', key: randomBytes(32) };

interface Stage {
  product: Started;
  connector: Started;
  vendors: Vendors;
  raw: RawReader;
}

/**
 * Imports 10,000 organizations of each vendor, from the click to the review. Compares that with a program
 * that only fetches and parses the same pages. Both take turns, round by round, so that other load on the
 * machine affects both alike.
 */
export async function measureImports(folder: string, connector: Started, keep: Keep): Promise<Figure[]> {
  const vendors = await keep(startVendors(join(folder, 'tls')));
  const storage: StorageConfig = { kind: 'sqlite', folder: join(folder, 'imports') };
  await seed(storage, { customers: 0 });
  await seedIntegrations(storage, vendors);
  const env = {
    MASTER_KEYS: `${MASTER_KEY.kid}:${MASTER_KEY.key.toString('base64')}`,
    NODE_EXTRA_CA_CERTS: vendors.caFile,
    IT_GLUE_URL_EU: vendors.itGlueUrl,
    HUDU_ALLOW_PRIVATE_HOSTS: 'true',
  };
  const product = await keep(startProduct(storage, { firstCore: true, env }));
  const raw = await keep(startRawReader(vendors.caFile));
  const results: Figure[] = [];
  for (const kind of KINDS) results.push(...(await measured({ product, connector, vendors, raw }, kind)));
  for (const server of [product, raw, vendors]) await server.stop();
  return results;
}

async function measured(stage: Stage, kind: IntegrationKind): Promise<Figure[]> {
  let number = 0;
  await worstTurnBeside(stage, () => compared(stage, kind, number++, 0));
  const before = memoryOf(stage.product);
  const instant: Compared[] = [];
  const usual: Compared[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    instant.push(await compared(stage, kind, number++, 0));
    usual.push(await compared(stage, kind, number++, LATENCY_MS));
  }
  const growth = memoryOf(stage.product) - before;
  const asLong = median(usual.map(({ imported }) => imported));
  const turns = await interleaved(
    TALKED,
    () => worstTurnBeside(stage, () => delay(asLong)),
    () => worstTurnBeside(stage, () => importOnce(stage, kind, number++)),
  );
  const name = `import of 10,000 (${NAMES[kind]})`;
  const raw = `ratio: ${name} / its pages fetched and parsed`;
  const ratioOf = (rounds: Compared[]) =>
    ratioOfMedians(
      rounds.map(({ imported }) => imported),
      rounds.map((round) => round.raw),
    );
  const used = Math.max(...[...instant, ...usual].map(({ requests }) => requests));
  return [
    result(`${name}: click to review, ${LATENCY_MS} ms a page`, asLong, 'ms'),
    result(`${raw}, ${LATENCY_MS} ms a page as a vendor takes`, ratioOf(usual), 'times', { atMost: 1.5 }),
    result(`${raw}, a vendor that takes no time`, ratioOf(instant), 'times'),
    result(`${name}: requests used / fewest possible`, used, 'times', { atMost: 1, atAnyLoad: true }),
    result(`${name}: memory growth in ${2 * ROUNDS} imports`, growth, 'MB'),
    result(`${name}: longest turn of others in as long without it`, median(turns.one), 'ms'),
    result(`${name}: longest turn of others meanwhile`, median(turns.other), 'ms', { atMost: 100 }),
  ];
}

interface Compared {
  /** Milliseconds. */
  imported: number;
  raw: number;
  /** How many requests the import made for each one that it needed. */
  requests: number;
}

async function compared(
  stage: Stage,
  kind: IntegrationKind,
  number: number,
  latencyMs: number,
): Promise<Compared> {
  await stage.vendors.requests(latencyMs);
  const imported = await importOnce(stage, kind, number);
  const asked = await stage.vendors.requests(latencyMs);
  const raw = await stage.raw.read(rawReading(stage.vendors, kind, asked));
  return { imported, raw, requests: asked.length / fewest(asked) };
}

/** The number of full pages of a thousand, when the import read each page once and made no other request. */
function fewest(asked: readonly string[]): number {
  const pages = new Set(asked.filter((path) => /[?&]page(\[number\])?=\d+/.test(path)));
  if (pages.size < 9 || pages.size > 10) throw new BenchFault(`an import read ${pages.size} pages`);
  return pages.size;
}

const rawReading = ({ itGlueUrl, huduHost }: Vendors, kind: IntegrationKind, paths: readonly string[]) => ({
  urls: paths.map((path) => `${kind === 'itglue' ? itGlueUrl : `https://${huduHost}`}${path}`),
  apiKey: keyOf(kind),
});

/** Starts an import as a person does, and waits for the card with the review. Milliseconds. */
async function importOnce(stage: Stage, kind: IntegrationKind, number: number): Promise<number> {
  const { product, connector } = stage;
  const reviews = async () => ((await (await fetch(`${connector.url}/counted`)).json()) as Counted).reviews;
  const before = await reviews();
  const action = {
    type: 'Action.Execute',
    verb: 'importStart',
    data: { integrationId: integrationId(kind, number) },
  };
  const click = {
    ...envelopeOf(personOf(0), connector.url)(),
    type: 'invoke',
    name: 'adaptiveCard/action',
    value: { action },
    replyToId: '1:a-card',
  };
  const began = performance.now();
  await said(product, JSON.stringify(click));
  while ((await reviews()) === before) {
    if (performance.now() - began > PATIENCE_MS) throw new BenchFault(`the import of ${kind} never ended`);
    await delay(4);
  }
  return performance.now() - began;
}

interface Counted {
  reviews: number;
}

/** The longest turn of several people who go on talking while `work` runs; milliseconds. */
async function worstTurnBeside({ product, connector }: Stage, work: () => Promise<unknown>): Promise<number> {
  let worst = 0;
  let working = true;
  const talk = async (number: number) => {
    const envelope = envelopeOf(personOf(number), connector.url);
    for (let turn = 0; working; turn++) {
      const text = SAID[turn % SAID.length];
      const began = performance.now();
      await said(product, JSON.stringify({ ...envelope(), type: 'message', text, textFormat: 'plain' }));
      worst = Math.max(worst, performance.now() - began);
      await delay(5);
    }
  };
  const talking = Promise.all(TALKERS.map(talk));
  try {
    await work();
  } finally {
    working = false;
    await talking;
  }
  return worst;
}

async function said({ url }: Started, body: string): Promise<void> {
  const headers = { 'content-type': 'application/json' };
  const { status } = await fetch(`${url}/api/messages`, { method: 'POST', headers, body });
  if (status !== 200) throw new BenchFault(`a turn was answered with ${status}`);
}

const integrationId = (kind: IntegrationKind, number: number): string => `${kind}-${number}`;
const keyOf = (kind: IntegrationKind): string =>
  (kind === 'itglue' ? IT_GLUE_ACCOUNTS : HUDU_ACCOUNTS)[0]?.key ?? '';

/**
 * One integration for each import, because an import that waits for its review blocks others of its
 * integration.
 */
async function seedIntegrations(storage: StorageConfig, { huduHost }: Vendors): Promise<void> {
  const { stores, close } = await openStorage(storage, { clock: Date, log: silent });
  const vault = createVault([MASTER_KEY]);
  try {
    for (const kind of KINDS)
      for (let number = 0; number < IMPORTS; number++) {
        const id = integrationId(kind, number);
        const integration: Integration = {
          kind,
          address: kind === 'itglue' ? 'eu' : huduHost,
          name: id,
          key: await vault.seal(keyOf(kind), integrationContext(id)),
          state: 'active',
          lastTest: { at: 0, ok: true, sentence: 'Fine.' },
          addedBy: { id: FIRST_ADMIN, name: 'First admin' },
          addedAt: 0,
          changedAt: 0,
        };
        await stores.integrations.insert(id, integration);
      }
  } finally {
    await close();
  }
}
