import { randomUUID } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createFileSecrets } from '../../../agent/linux/fileSecrets';
import { inspectQueue } from '../../../agent/queue/inspectQueue';
import { writeSettings } from '../../../agent/writeSettings';
import { systemClock as clock, systemRandom as random } from '../../../bot/system';
import { issueInstallToken } from '../../../domain/agents/enrolment/issueInstallToken';
import type { Store, Stored } from '../../../domain/ports';
import type { Stores } from '../../../domain/stores/stores';
import { type Child, startChild } from '../../../sandbox/children';
import { freePort } from '../../../sandbox/ports';
import { projectRoot } from '../../../sandbox/projectRoot';
import { openSambaServer } from '../../../sandbox/samba/sambaServer';
import { startBot } from '../../../sandbox/startBot';
import { openStorage } from '../../../storage/openStorage';
import { sampleCustomer } from '../botWorld/sampleCustomer';
import { actor } from '../cloud/signInWorld';
import { eitherOf } from '../process/eitherOf';
import { silent } from '../store/storageWorlds';
import { ADMIN_ID, openFakeConnector } from './fakeConnector';
import { technician } from './technician';

/** Conversations that asked for every reset; the tests say how Teams takes what is sent there. */
export const GROUPS = {
  calm: 'group-calm',
  rough: 'group-rough',
  gone: 'group-gone',
  barred: 'group-barred',
};

/** Checks again and again until it is true. */
export async function until(so: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await so())) await delay(50);
}

export async function everyOne<T>(store: Pick<Store<T, never, never>, 'list'>): Promise<Stored<T>[]> {
  const found: Stored<T>[] = [];
  let after: string | undefined;
  do {
    const page = await store.list({ limit: 1000, ...(after && { after }) });
    found.push(...page.items);
    after = page.next;
  } while (after);
  return found;
}

/**
 * A real domain controller, a real agent and two bots on one store behind one address. Each is a process of
 * its own that a test can kill.
 */
export async function agentToCardWorld(names: readonly string[], moved: () => void = () => undefined) {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-agent-to-card-'));
  const agentFolder = join(folder, 'agent');
  const config = join(agentFolder, 'settings.json');
  mkdirSync(agentFolder, { mode: 0o700 });
  const ports = [(await freePort(0)) ?? 0, (await freePort(0)) ?? 0];
  const [samba, connector, balancer] = await Promise.all([
    openSambaServer(),
    openFakeConnector(),
    eitherOf(() => ports),
  ]);
  const publicUrl = `http://127.0.0.1:${balancer.port}`;
  const dataFolder = join(folder, 'bot');
  const storage = await openStorage({ kind: 'sqlite', folder: dataFolder }, { log: silent, clock });
  const { stores } = storage;
  const bots: (Child | undefined)[] = [];
  let agent: Child | undefined;

  const agentProcess = (args: string[], env: Record<string, string> = {}) =>
    startChild({
      name: 'The agent',
      args: [join(projectRoot(), 'dist/agent/index.js'), '--config', config, ...args],
      cwd: folder,
      env,
      logFile: join(folder, 'agent.log'),
    });
  const world = {
    stores,
    samba,
    connector,
    reset: (name: string) => samba.admin.reset(`CN=${name},${samba.admin.users}`, passwordOf(name)),
    async startBot(n: number) {
      const port = String(ports[n]);
      const settings = { ...SETTINGS, PORT: port, PUBLIC_URL: publicUrl, DATA_DIR: dataFolder };
      const logFile = join(folder, `bot${n}.log`);
      bots[n] = await startBot({ settings, url: `http://127.0.0.1:${port}`, logFile });
    },
    killBot: async (n: number) => bots[n]?.stop(0),
    async startAgent() {
      agent = agentProcess(['run']);
    },
    killAgent: async () => agent?.stop(0),
    /** How many events in the agent's queue no bot has acknowledged. */
    waiting: async () => (await inspectQueue(join(agentFolder, 'queue'))).events,
    async close() {
      await agent?.stop();
      for (const bot of bots) await bot?.stop();
      await storage.close();
      await Promise.all([balancer.close(), connector.close(), samba.close()]);
      rmSync(folder, { recursive: true, force: true });
    },
  };

  async function enrol(): Promise<void> {
    const request = {
      customerId: 'contoso',
      serverRole: 'domainController' as const,
      requestId: randomUUID(),
    };
    const { token } = await issueInstallToken({ stores, clock, random }, actor('tess'), request);
    await agentProcess(['enrol', '--server', publicUrl], { KEYTURN_INSTALL_TOKEN: token }).ended;
    const { admin, url, caFile: ca } = samba;
    const settings = { server: publicUrl, directory: { url, account: admin.dn, ca } };
    await writeSettings(config, settings, {
      dataFolder: agentFolder,
      protect: async (path) => void mkdirSync(path, { recursive: true }),
    });
    await createFileSecrets(agentFolder).write('directoryPassword', Buffer.from(admin.password));
  }

  await seed(stores, connector.url);
  for (const name of names) {
    await samba.admin.addUser(name, { password: passwordOf(name) });
    moved();
  }
  await Promise.all([world.startBot(0), world.startBot(1)]);
  await enrol();
  await world.startAgent();
  // The agent's first look only remembers.
  const memory = join(agentFolder, 'watch', 'memory.jsonl');
  await until(() => existsSync(memory) && readFileSync(memory, 'utf8').includes('"usn"'));
  return world;
}

const passwordOf = (name: string) => `Aa1-${name}-${randomUUID()}`;
export const SETTINGS = {
  BOT_CHANNEL: 'local-playground',
  HOST: '127.0.0.1',
  TEAMS_TENANT_ID: '00000000-0000-4000-8000-0000000000a0',
  FIRST_ADMINS: ADMIN_ID,
  GRAPH_APP_ID: '00000000-0000-4000-8000-0000000000a2',
  GRAPH_APP_SECRET: 'never-used',
};

/** A customer, and conversations that want to be told about its resets. */
export async function seed(stores: Stores, serviceUrl: string): Promise<void> {
  const waiting = { activeDirectory: { state: 'waiting', since: 0 } } as const;
  await stores.customers.insert('contoso', sampleCustomer('Contoso', { id: 'contoso', ...waiting }));
  await stores.people.insert('tess', technician('tess'));
  for (const id of Object.values(GROUPS)) {
    const reference = {
      conversation: { id, isGroup: true, conversationType: 'groupChat' },
      serviceUrl,
      channelId: 'msteams',
      bot: { id: '28:bot', name: 'Keyturn' },
    };
    await stores.references.insert(id, { reference, kind: 'groupChat', installed: true, changedAt: 0 });
    await stores.subscriptions.insert(id, {
      scope: 'groupChat',
      customers: 'all',
      kinds: ['resetSeen', 'resetLate'],
      timeZone: 'UTC',
      setBy: { id: SETTINGS.FIRST_ADMINS, name: 'Ada' },
      changedAt: 0,
    });
  }
}
