import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { MongoClient } from 'mongodb';
import { projectRoot } from '../sandbox/projectRoot';
import { BenchFault } from './benchFault';
import { failed, judged, type Result } from './measure/result';
import { table } from './measure/table';
import { watched } from './measure/watchMachine';
import { NAMES, partsOf } from './parts';
import type { Started } from './stage/processes';
import type { Stage } from './stage/stage';

const MONGODB_URI = process.env.BENCH_MONGODB_URI ?? process.env.TEST_MONGODB_URI;

/** Exit codes: a meaningful figure misses its goal; the bench itself failed. */
const EXIT = { notHeld: 1, fault: 2 };

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { json: { type: 'string' }, only: { type: 'string' } } });
  const parts = partsOf(values.only);
  if (!parts) throw new BenchFault(`--only takes ${NAMES.join(', ')}`);
  const data = join(projectRoot(), 'data');
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const database = `keyturn_bench_${process.pid}`;
  const folder = mkdtempSync(join(data, 'bench-'));
  const running: Started[] = [];
  const stage: Stage = {
    folder,
    ...(MONGODB_URI && { mongodb: { kind: 'mongodb', uri: MONGODB_URI, database } }),
    async keep(server) {
      const started = await server;
      running.push(started);
      return started;
    },
  };
  const results: Result[] = [];
  try {
    for (const measure of parts) {
      const { value, load } = await watched(folder, () => measure(stage));
      results.push(...judged(value, load));
    }
  } finally {
    for (const server of running.reverse()) await server.stop();
    rmSync(folder, { recursive: true, force: true });
    if (MONGODB_URI) await dropDatabase(MONGODB_URI, database);
  }
  process.stdout.write(`${table(results)}\n`);
  if (values.json) writeFileSync(values.json, `${JSON.stringify(results, undefined, 2)}\n`);
  if (failed(results)) process.exitCode = EXIT.notHeld;
}

async function dropDatabase(uri: string, database: string): Promise<void> {
  const client = await MongoClient.connect(uri);
  await client.db(database).dropDatabase();
  await client.close();
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.stack : error}\n`);
  process.exitCode = EXIT.fault;
});
