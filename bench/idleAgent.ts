import { once } from 'node:events';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { buildSync } from 'esbuild';
import { pathsOf } from '../agent/settings';
import { openSambaServer, type SambaServer } from '../sandbox/samba/sambaServer';
import { sambaMissing } from '../sandbox/samba/sambaTemplate';
import { openStorage } from '../storage/openStorage';
import { BenchFault } from './benchFault';
import { type Figure, result, unmeasured } from './measure/result';
import { installTokenFor, writeAgentSettings } from './stage/agentAtCustomer';
import { agentRuntimes, type Runtime } from './stage/agentRuntimes';
import {
  endOf,
  memoryOf,
  mostMemoryOf,
  ownMemoryOf,
  processorTimeOf,
  type Started,
  spawnNode,
  started,
} from './stage/processes';
import { startProduct } from './stage/product';
import { seed, silent } from './stage/seed';
import type { Keep } from './stage/stage';

const NAME = 'agent with 50,000 users';
/** The users of a real domain controller; the agent of the bench reads them two hundred times over. */
const USERS = 250;
/** A busy machine takes minutes to read so many users. */
const PATIENCE_MS = 15 * 60_000;
/**
 * How long the bench waits until the start leaves no more traces in memory. Five seconds after all users were
 * read the agent frees what it needed for them, and V8 collects garbage twice more about ten seconds later.
 * Both belong to the reading, not to the idle time.
 */
const CALM_MS = 30_000;
const WINDOW_MS = 60_000;
const STIRRED_MS = 20_000;
const LOOK_MS = 1_000;

interface Site {
  folder: string;
  samba: SambaServer;
  product: Started;
  keep: Keep;
}

/**
 * What an agent costs its machine, once it has read and sent all users of a large directory: on this Node,
 * and on the one in its executable. Without Samba, a row says that it is missing.
 */
export async function measureIdleAgent(folder: string, keep: Keep): Promise<Figure[]> {
  if (sambaMissing) return [unmeasured(`${NAME}: not measured, it needs Samba`)];
  const samba = await openSambaServer();
  try {
    for (let number = 0; number < USERS; number++)
      await samba.admin.addUser(`firstname${number}.familyname${number}`);
    const storage = { kind: 'sqlite' as const, folder: join(folder, 'idle') };
    const runtimes = agentRuntimes();
    // A second agent at the same customer would wait for a person's approval.
    await seed(storage, { customers: runtimes.length, people: 0 });
    const { stores, close } = await openStorage(storage, { clock: Date, log: silent });
    const tokens: string[] = [];
    for (const [n] of runtimes.entries()) tokens.push(await installTokenFor({ stores }, `customer-${n}`));
    await close();
    const product = await keep(startProduct(storage));
    const figures: Figure[] = [];
    for (const [n, runtime] of runtimes.entries())
      figures.push(...(await measured({ folder, samba, product, keep }, runtime, tokens[n] ?? '')));
    await product.stop();
    return figures;
  } finally {
    await samba.close();
  }
}

async function measured(site: Site, runtime: Runtime, token: string): Promise<Figure[]> {
  const name = `${NAME} (${runtime.name})`;
  if (!runtime.program) return [unmeasured(`${name}: not measured, that Node could not be fetched`)];
  const { folder, samba, product } = site;
  const { admin, url, caFile: ca } = samba;
  const directory = { url, account: admin.dn, ca, password: admin.password };
  const config = await writeAgentSettings(join(folder, `idle-agent-${runtime.name}`), product.url, directory);
  const startAgent = agentIn(folder, config, runtime.program);
  const [code] = await once(startAgent(['enrol', '--server', product.url], token), 'exit');
  if (code !== 0) throw new BenchFault(`the agent did not enrol: exit code ${code}`);
  const child = startAgent(['run']);
  endOf(child, 'the agent').catch(() => undefined);
  const agent = await site.keep(Promise.resolve(started(child, product.url)));
  const began = performance.now();
  await untilUsersSent(pathsOf(config).logs);
  const tookMs = performance.now() - began;
  await delay(CALM_MS);
  const idle = await costOf(agent, WINDOW_MS);
  const own = ownMemoryOf(agent);
  const stirred = await whileStirred(samba, () => costOf(agent, STIRRED_MS));
  const most = mostMemoryOf(agent);
  await agent.stop();
  return [
    result(`${name}: start until all users were told`, tookMs / 1_000, 's'),
    result(`${name}: most memory meanwhile`, most, 'MB'),
    result(`${name}: idle memory, the most of a minute`, idle.memory, 'MB', { atMost: 80, atAnyLoad: true }),
    result(`${name}: idle memory without the pages of the program’s file`, own, 'MB'),
    result(`${name}: idle processor time`, idle.share, '% of a core', { atMost: 1 }),
    result(
      `${name}: processor time while the controller’s USN moves all the time`,
      stirred.share,
      '% of a core',
    ),
  ];
}

/** The agent's peak memory within the window, and its share of a core. */
async function costOf(agent: Started, windowMs: number): Promise<{ memory: number; share: number }> {
  const before = processorTimeOf(agent);
  const from = performance.now();
  let memory = 0;
  while (performance.now() - from < windowMs) {
    await delay(LOOK_MS);
    memory = Math.max(memory, memoryOf(agent));
  }
  return { memory, share: ((processorTimeOf(agent) - before) / (performance.now() - from)) * 100 };
}

/** Changes an object that is no user again and again, as on a busy controller. */
async function whileStirred<T>({ admin }: SambaServer, work: () => Promise<T>): Promise<T> {
  let stirring = true;
  const stir = async () => {
    for (let n = 0; stirring; n++) {
      await admin.set(admin.users, { description: [`changed ${n} times`] });
      await delay(50);
    }
  };
  const ended = stir();
  try {
    return await work();
  } finally {
    stirring = false;
    await ended;
  }
}

/** The agent as one file, as customers have it; that takes ten megabytes less than its modules do. */
function agentIn(folder: string, config: string, program: string) {
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
      program,
    });
}

async function untilUsersSent(logs: string): Promise<void> {
  const deadline = performance.now() + PATIENCE_MS;
  while (performance.now() < deadline) {
    const files = await readdir(logs).catch(() => []);
    const texts = await Promise.all(files.map((file) => readFile(join(logs, file), 'utf8')));
    if (texts.some((text) => text.includes('all users were told'))) return;
    await delay(500);
  }
  throw new BenchFault('the agent did not tell all users');
}
