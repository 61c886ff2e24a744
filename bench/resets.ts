import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { projectRoot } from '../sandbox/projectRoot';
import { openSambaServer, type SambaServer } from '../sandbox/samba/sambaServer';
import { sambaMissing } from '../sandbox/samba/sambaTemplate';
import { openStorage } from '../storage/openStorage';
import { BenchFault } from './benchFault';
import { type Figure, result, unmeasured } from './measure/result';
import { percentile } from './measure/statistics';
import { installTokenFor, writeAgentSettings } from './stage/agentAtCustomer';
import type { Started } from './stage/processes';
import { endOf, spawnNode, started } from './stage/processes';
import { startProduct } from './stage/product';
import { seed, silent } from './stage/seed';
import type { Keep } from './stage/stage';
import { subscribe } from './stage/subscribe';
import { startTeams, type Teams } from './stage/teams';

const NAME = 'reset in Active Directory to card in Teams';
const RESETS = 30;
/** Further resets, each after a pause in which the agent begins to ask the controller less often. */
const CALM_RESETS = 10;
const CALM_MS = 11_000;
/**
 * A card rests three seconds between updates, and shows ten accounts. Therefore every other reset is of an
 * admin, whose card is another one.
 */
const LEAST_MS = 2_400;
const MORE_MS = 1_600;
const PATIENCE_MS = 20_000;

/**
 * Measures the time from a reset on a real domain controller to the card, through the agent's and the bot's
 * own processes. Without Samba, a row says that it is missing.
 */
export async function measureResets(folder: string, keep: Keep): Promise<Figure[]> {
  if (sambaMissing) return [unmeasured(`${NAME}: not measured, it needs Samba`)];
  const samba = await openSambaServer();
  try {
    return await measured(folder, samba, keep);
  } finally {
    await samba.close();
  }
}

async function measured(folder: string, samba: SambaServer, keep: Keep): Promise<Figure[]> {
  const teams = await keep(startTeams());
  const users = await addUsers(samba);
  const storage = { kind: 'sqlite' as const, folder: join(folder, 'resets') };
  await seed(storage, { customers: 1, people: 1 });
  const { stores, close } = await openStorage(storage, { clock: Date, log: silent });
  await subscribe(stores, 0, teams.url);
  const token = await installTokenFor({ stores }, 'customer-0');
  await close();
  const product = await keep(startProduct(storage));
  const agent = await keep(startAgent(join(folder, 'resets-agent'), product.url, samba, token));
  await untilWatching(samba, teams, users[0] ?? '');
  const made: number[] = [];
  for (const [number, user] of users.entries()) {
    if (number === 0) continue;
    await delay((number > RESETS ? CALM_MS : LEAST_MS) + Math.random() * MORE_MS);
    made[number] = performance.timeOrigin + performance.now();
    await samba.admin.reset(user, passwordOf(number));
  }
  const all = RESETS + CALM_RESETS;
  const { marks } = await teams.until(({ marks: seen }) => Object.keys(seen).length > all, PATIENCE_MS);
  for (const server of [agent, product, teams]) await server.stop();
  const took = users
    .slice(1)
    .map((_, n) => ((marks[markOf(n + 1)] ?? Number.NaN) - (made[n + 1] ?? 0)) / 1_000);
  const name = `${NAME} (${RESETS})`;
  const calm = `${NAME} (${CALM_RESETS}), each after ${CALM_MS / 1_000} s without any change`;
  return [...figuresOf(name, took.slice(0, RESETS)), ...figuresOf(calm, took.slice(RESETS))];
}

const figuresOf = (name: string, took: number[]): Figure[] => [
  result(`${name}: p50`, percentile(took, 0.5), 's'),
  result(`${name}: p95`, percentile(took, 0.95), 's', { atMost: 1 }),
];

const markOf = (number: number) => `mark-${number}-`;
const passwordOf = (number: number) => `Bench-Test-${number}-${Math.random()}`;

/** Every other user is an admin. The first user is not counted. */
async function addUsers({ admin }: SambaServer): Promise<string[]> {
  const users: string[] = [];
  for (let number = 0; number <= RESETS + CALM_RESETS; number++) {
    const user = await admin.addUser(markOf(number), { password: passwordOf(number) });
    if (number % 2 === 1) await admin.addToGroup(user, `CN=Domain Admins,${admin.users}`);
    users.push(user);
  }
  return users;
}

/** Starts the agent's own program, enrolled. */
async function startAgent(
  folder: string,
  server: string,
  { url, caFile, admin }: SambaServer,
  token: string,
): Promise<Started> {
  const directory = { url, account: admin.dn, ca: caFile, password: admin.password };
  const config = await writeAgentSettings(folder, server, directory);
  const program = [join(projectRoot(), 'dist/agent/index.js'), '--config', config];
  const enrolment = spawnNode(
    [...program, 'enrol', '--server', server],
    { KEYTURN_INSTALL_TOKEN: token },
    {
      firstCore: false,
    },
  );
  const [code] = await once(enrolment, 'exit');
  if (code !== 0) throw new BenchFault(`the agent did not enrol: exit code ${code}`);
  const child = spawnNode([...program, 'run'], {}, { firstCore: false });
  endOf(child, 'the agent').catch(() => undefined);
  return started(child, server);
}

/**
 * The agent does not report a reset from before its first reading, so the password is reset until a card
 * comes.
 */
async function untilWatching({ admin }: SambaServer, teams: Teams, user: string): Promise<void> {
  for (let tries = 0; tries < 10; tries++) {
    await admin.reset(user, passwordOf(0));
    await delay(4_000);
    if (markOf(0) in (await teams.taken()).marks) return;
  }
  throw new BenchFault('the agent does not see resets');
}
