import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MongoClient } from 'mongodb';
import { projectRoot } from '../sandbox/projectRoot';
import type { StorageConfig } from '../storage/openStorage';
import { measureAgents } from './agents';
import { assertRealTurns } from './assertRealTurns';
import { BenchFault } from './benchFault';
import { measureCustomersList } from './customersList';
import { measureImports } from './imports';
import { leaveFirstCore, type Started, startServer } from './processes';
import { startProduct } from './product';
import { type Result, table } from './result';
import { seed } from './seed';
import { measureStartUp } from './startUp';
import { type Contender, figuresOf, measureTurns, ratioOf } from './turns';

const MONGODB_URI = process.env.BENCH_MONGODB_URI ?? process.env.TEST_MONGODB_URI;

interface Bench {
  folder: string;
  /** Absent: no MongoDB was given. */
  mongodb?: StorageConfig & { kind: 'mongodb' };
  /** Whatever was started, to be stopped. */
  running: Started[];
}

/** By the names that `--only` takes. */
const PARTS = { turns: runTurns, agents: runAgents };
type Part = keyof typeof PARTS;

async function run(bench: Bench, only?: Part): Promise<Result[]> {
  const results: Result[] = [];
  for (const part of only ? [PARTS[only]] : Object.values(PARTS)) results.push(...(await part(bench)));
  return results;
}

const keeping =
  ({ running }: Bench) =>
  async <S extends Started>(server: Promise<S>): Promise<S> => {
    running.push(await server);
    return server;
  };

async function runAgents(bench: Bench): Promise<Result[]> {
  leaveFirstCore();
  const keep = keeping(bench);
  const connector = await keep(startServer('connector', { firstCore: false }));
  return measureAgents(bench.folder, connector, keep);
}

async function runTurns(bench: Bench): Promise<Result[]> {
  const startUp = await measureStartUp(bench.folder);
  leaveFirstCore();
  const sqlite: StorageConfig = { kind: 'sqlite', folder: join(bench.folder, 'turns') };
  const stores = [sqlite, ...(bench.mongodb ? [bench.mongodb] : [])];
  for (const store of stores) await seed(store);
  const start = keeping(bench);
  const connector = await start(startServer('connector', { firstCore: false }));
  const plain = await start(startServer('plainEcho', { firstCore: true }));
  const bare = await start(startServer('bareEcho', { firstCore: true }));
  const products: Contender[] = [];
  for (const store of stores)
    products.push({
      name: `full turn (${store.kind})`,
      server: await start(startProduct(store, { firstCore: true })),
    });
  for (const { server } of products) await assertRealTurns(server, connector);
  const turns = await measureTurns(
    [
      { name: 'plain node:http echo', server: plain },
      { name: 'bare botbuilder echo', server: bare },
      ...products,
    ],
    connector,
  );
  const [plainTurns, bareTurns, ...fullTurns] = turns;
  const lists: Result[] = [];
  for (const [index, { server }] of products.entries()) {
    const { kind = 'sqlite' } = stores[index] ?? {};
    lists.push(...(await measureCustomersList(kind, server.url, connector.url, kind === 'sqlite')));
  }
  for (const { server } of products) await server.stop();
  const imports = await measureImports(bench.folder, connector, start);
  return [
    ...turns.flatMap(figuresOf),
    ratioOf(bareTurns, plainTurns),
    ...fullTurns.map((full, index) => ratioOf(full, bareTurns, index === 0 ? { atLeast: 1 } : undefined)),
    ...lists,
    ...imports,
    ...startUp,
  ];
}

const isPart = (name: string | undefined): name is Part => name !== undefined && name in PARTS;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } });
  if (values.only && !isPart(values.only))
    throw new BenchFault(`--only takes ${Object.keys(PARTS).join(' or ')}`);
  const data = join(projectRoot(), 'data');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const database = `keyturn_bench_${process.pid}`;
  const bench: Bench = {
    folder: mkdtempSync(join(data, 'bench-')),
    ...(MONGODB_URI && { mongodb: { kind: 'mongodb', uri: MONGODB_URI, database } }),
    running: [],
  };
  try {
    const results = await run(bench, isPart(values.only) ? values.only : undefined);
    process.stdout.write(`${table(results)}\n`);
    if (values.json) writeFileSync(values.json, `${JSON.stringify(results, undefined, 2)}\n`);
  } finally {
    for (const server of bench.running.reverse()) await server.stop();
    rmSync(bench.folder, { recursive: true, force: true });
    if (bench.mongodb) await dropDatabase(bench.mongodb.uri, database);
  }
}

async function dropDatabase(uri: string, database: string): Promise<void> {
  const client = await MongoClient.connect(uri);
  await client.db(database).dropDatabase();
  await client.close();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = 1;
});
