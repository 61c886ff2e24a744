import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import { placesOf } from '../agent/settings';
import { openSambaServer, type SambaServer } from '../sandbox/samba/sambaServer';
import { sambaMissing } from '../sandbox/samba/sambaTemplate';
import { openStorage } from '../storage/openStorage';
import { installTokenFor, placeSettings } from './agentAtCustomer';
import { BenchFault } from './benchFault';
import {
  endOf,
  memoryOf,
  mostMemoryOf,
  processorTimeOf,
  type Started,
  spawnNode,
  started,
} from './processes';
import { startProduct } from './product';
import { type Result, result, untold } from './result';
import { seed, silent } from './seed';

const NAME = 'agent with 50,000 users';
/** Of a real domain controller, which the agent of the bench reads two hundred times over. */
const USERS = 250;
const PATIENCE_MS = 180_000;
/** What its start left behind is gone by then. */
const CALM_MS = 10_000;
const WINDOW_MS = 60_000;
const LOOK_MS = 1_000;

type Keep = <S extends Started>(server: Promise<S>) => Promise<S>;

/** What an agent costs its machine, once it has read and told all users of a large directory. Where there is no Samba, a row says so. */
export async function measureIdleAgent(folder: string, keep: Keep): Promise<Result[]> {
  if (sambaMissing) return [untold(`${NAME}: not measured, it needs Samba`)];
  const samba = await openSambaServer();
  try {
    return await measured(folder, samba, keep);
  } finally {
    await samba.close();
  }
}

async function measured(folder: string, samba: SambaServer, keep: Keep): Promise<Result[]> {
  const { admin, url, caFile: ca } = samba;
  for (let number = 0; number < USERS; number++)
    await admin.addUser(`firstname${number}.familyname${number}`);
  const storage = { kind: 'sqlite' as const, folder: join(folder, 'idle') };
  await seed(storage, { customers: 1, people: 0 });
  const { stores, close } = await openStorage(storage, { clock: Date, log: silent });
  const token = await installTokenFor(stores, 'customer-0');
  await close();
  const product = await keep(startProduct(storage));
  const directory = { url, account: admin.dn, ca, password: admin.password };
  const config = await placeSettings(join(folder, 'idle-agent'), product.url, directory);
  const startAgent = agentIn(folder, config);
  const [code] = await once(startAgent(['enrol', '--server', product.url], token), 'exit');
  if (code !== 0) throw new BenchFault(`the agent did not enrol: exit code ${code}`);
  const child = startAgent(['run']);
  endOf(child, 'the agent').catch(() => undefined);
  const agent = await keep(Promise.resolve(started(child, product.url)));
  const began = performance.now();
  await untilTold(placesOf(config).logs);
  const tookMs = performance.now() - began;
  await delay(CALM_MS);
  const { memory, share } = await idle(agent);
  const most = mostMemoryOf(agent);
  for (const server of [agent, product]) await server.stop();
  return [
    result(`${NAME}: start until all users were told`, tookMs / 1_000, 's'),
    result(`${NAME}: most memory meanwhile`, most, 'MB'),
    result(`${NAME}: idle memory, the most of a minute`, memory, 'MB', { atMost: 80 }),
    result(`${NAME}: idle processor time`, share, '% of a core', { atMost: 1 }),
  ];
}

/** The most memory that it holds within the window, and its share of a core. */
async function idle(agent: Started): Promise<{ memory: number; share: number }> {
  const before = processorTimeOf(agent);
  const from = performance.now();
  let memory = 0;
  while (performance.now() - from < WINDOW_MS) {
    await delay(LOOK_MS);
    memory = Math.max(memory, memoryOf(agent));
  }
  return { memory, share: ((processorTimeOf(agent) - before) / (performance.now() - from)) * 100 };
}

/** As customers have it: in one file, which takes ten megabytes less than its modules do. */
function agentIn(folder: string, config: string) {
  const outfile = join(folder, 'idleAgent.cjs');
  buildSync({
    entryPoints: [join(__dirname, 'servers', 'idleAgent.js')],
    outfile,
    bundle: true,
    platform: 'node',
    minify: true,
    keepNames: true,
    logLevel: 'warning',
  });
  return (command: string[], token?: string) =>
    spawnNode([outfile, '--config', config, ...command], token ? { KEYTURN_INSTALL_TOKEN: token } : {}, {
      firstCore: false,
    });
}

async function untilTold(logs: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const files = await readdir(logs).catch(() => []);
    const texts = await Promise.all(files.map((file) => readFile(join(logs, file), 'utf8')));
    if (texts.some((text) => text.includes('all users were told'))) return;
    await delay(500);
  }
  throw new BenchFault('the agent did not tell all users');
}
