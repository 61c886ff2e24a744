import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { freePort } from '../../sandbox/ports';
import { projectRoot } from '../../sandbox/projectRoot';
import type { StorageConfig } from '../../storage/openStorage';
import { BenchFault } from '../benchFault';
import { FIRST_ADMIN, TENANT_ID } from './people';
import { endOf, type Started, spawnNode, started } from './processes';

export interface StartedProduct extends Started {
  /** The time from spawning the process to the first 200 of /readyz. */
  readyAfterMs: number;
}

export const GRAPH_APP_ID = '5f0c1e1a-6a55-4d8e-9c0d-2b7a3f4e9d13';
const READY_WITHIN_MS = 30_000;

/** Starts the built product in a process of its own, with the demo's settings. */
export async function startProduct(
  storage: StorageConfig,
  {
    firstCore = false,
    flags = [],
    env = {},
  }: { firstCore?: boolean; flags?: readonly string[]; env?: Record<string, string> } = {},
): Promise<StartedProduct> {
  const port = await freePort(0);
  if (port === undefined) throw new BenchFault('no free port');
  const url = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const endsWithBench = ['--require', join(projectRoot(), 'sandbox/endWithStarter.cjs')];
  const args = [...flags, ...endsWithBench, join(projectRoot(), 'dist/keyturn/index.js')];
  const child = spawnNode(args, { ...settings(url, port, storage), ...env }, { firstCore, channel: true });
  await Promise.race([untilReady(url), endOf(child, 'the product')]);
  return { ...started(child, url), readyAfterMs: performance.now() - began };
}

function settings(url: string, port: number, storage: StorageConfig): Record<string, string> {
  const stored: Record<string, string> =
    storage.kind === 'sqlite'
      ? { DATA_DIR: storage.folder }
      : { MONGODB_URI: storage.uri, MONGODB_DATABASE: storage.database ?? 'keyturn' };
  return {
    BOT_CHANNEL: 'local-playground',
    HOST: '127.0.0.1',
    PORT: String(port),
    PUBLIC_URL: url,
    TEAMS_TENANT_ID: TENANT_ID,
    FIRST_ADMINS: FIRST_ADMIN,
    GRAPH_APP_ID,
    GRAPH_APP_SECRET: 'never used here',
    ...stored,
  };
}

async function untilReady(url: string): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS;
  while (performance.now() < deadline) {
    const ready = await fetch(`${url}/readyz`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await delay(5);
  }
  throw new BenchFault('the product did not get ready');
}
