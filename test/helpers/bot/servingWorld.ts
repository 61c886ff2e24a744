import { randomUUID } from 'node:crypto';
import { createAgentBell } from '../../../bot/agents/agentBell';
import { wireAgents } from '../../../bot/agents/wireAgents';
import { createEnrolments } from '../../../bot/jobs/tellEnrolment';
import type { PasswordReset } from '../../../domain/agentProtocol/agentEvent';
import type { DirectoryUser } from '../../../domain/agentProtocol/directoryUser';
import type { Beat } from '../../../domain/agentProtocol/messages';
import { ENROL_KID } from '../../../domain/agentProtocol/signature';
import type { ServerRole } from '../../../domain/agents/agent';
import type { AgentDeps } from '../../../domain/agents/agentDeps';
import { issueInstallToken } from '../../../domain/agents/enrolment/issueInstallToken';
import type { Customer } from '../../../domain/customers/customer';
import type { Clock, Random } from '../../../domain/ports';
import type { Stores } from '../../../domain/stores/stores';
import { agentRequests, createSigner, PUBLIC_URL, type Signer } from '../agent/agentSigner';
import { sampleCustomer } from '../botWorld/sampleCustomer';
import { actor } from '../cloud/signInWorld';
import { createLinesLog } from '../process/linesLog';
import { memoryStores, TestClock, TestRandom } from '../store/memoryStores';
import { start } from './runningServer';
import { technician } from './technician';

export const tess = actor('tess');
export const HEALTH: Beat['health'] = {
  directory: { state: 'reading', domain: 'contoso.test', domainController: 'dc1.contoso.test' },
  connect: { state: 'ready' },
  eventLog: { state: 'read' },
};
export const machine = (id = 'machine-1', name = 'DC1') => ({ id, name, os: 'Windows Server 2022' });
export const beatOf = (more: Partial<Beat> = {}) => ({
  version: '0.1.0',
  skewMs: 12,
  waiting: { events: 0 },
  health: HEALTH,
  ...more,
});

/** One bot behind its real server, on the given stores. */
export async function startInstance(
  stores: Stores,
  clock: Clock,
  random: Random,
  {
    followed = [],
    publicUrl = PUBLIC_URL,
    afterReset = async (id) => void followed.push(id),
    log: kept = createLinesLog(),
  }: {
    followed?: string[];
    publicUrl?: string;
    afterReset?: AgentDeps['afterReset'];
    log?: ReturnType<typeof createLinesLog>;
  } = {},
) {
  let tellings = 0;
  const deps = {
    stores,
    clock,
    random,
    log: kept.log,
    publicUrl,
    firstAdmins: [],
    enrolments: createEnrolments({ stores, clock }),
    bell: createAgentBell(),
    afterReset,
    afterEvents() {
      tellings += 1;
    },
  };
  const { endpoints, chores } = wireAgents(deps);
  const { url, server } = await start({ endpoints, log: kept.log });
  return {
    ...kept,
    url,
    endpoints,
    deps,
    /** How often the dispatcher was woken. */
    tellings: () => tellings,
    stop: () => server.stop(),
    chore: async (name: string) => chores.find((chore) => chore.name === name)?.run(),
  };
}
export type Instance = Awaited<ReturnType<typeof startInstance>>;

/**
 * Two customers and their agents, served by one bot at `publicUrl`; a second bot can be started on the same
 * stores. A reset to look for is only noted, unless `afterReset` does more.
 */
export async function servingWorld(
  {
    afterReset,
    log,
    ...on
  }: {
    stores: Stores;
    clock: Clock & { advance(ms: number): void };
    afterReset?: AgentDeps['afterReset'];
    log?: ReturnType<typeof createLinesLog>;
  } = onMemory(),
  publicUrl = PUBLIC_URL,
) {
  const { stores, clock } = on;
  const random = new TestRandom();
  const followed: string[] = [];
  const bot = await startInstance(stores, clock, random, {
    followed,
    publicUrl,
    ...(afterReset && { afterReset }),
    ...(log && { log }),
  });
  await stores.customers.insert('contoso', { ...sampleCustomer('Contoso'), ...CONTOSO, id: 'contoso' });
  await stores.customers.insert('fabrikam', { ...sampleCustomer('Fabrikam'), id: 'fabrikam' });
  await stores.people.insert('tess', technician('tess'));
  const token = async (customerId = 'contoso', serverRole: ServerRole = 'domainController') =>
    (await issueInstallToken(bot.deps, tess, { customerId, serverRole, requestId: randomUUID() })).token;
  const requests = (signer: Signer, kid: string, at: { url: string } = bot) =>
    agentRequests({ url: at.url, now: () => clock.now() }, { signer, kid });
  const enrolment = async (more: { token?: string; machine?: ReturnType<typeof machine> } = {}) => {
    const signer = await createSigner();
    const { publicKey } = signer;
    const given = more.token ?? (await token());
    const body = { publicKey, machine: machine(), version: '0.1.0', ...more, token: given };
    return { signer, body, asks: requests(signer, ENROL_KID) };
  };
  const enrolled = async (
    of: ReturnType<typeof machine> = machine(),
    customerId = 'contoso',
    serverRole: ServerRole = 'domainController',
  ) => {
    const { signer, body, asks } = await enrolment({
      machine: of,
      token: await token(customerId, serverRole),
    });
    const id: string = (await asks.enrol(body)).body.agentId;
    return { id, signer, asks: requests(signer, id), at: (other: Instance) => requests(signer, id, other) };
  };
  return { ...on, random, followed, bot, token, requests, enrolment, enrolled };
}
export type ServingWorld = Awaited<ReturnType<typeof servingWorld>>;

function onMemory() {
  const clock = new TestClock();
  return { stores: memoryStores(clock), clock };
}

/** Office 365 and Microsoft Entra Connect, as most hybrid customers have them. */
const CONTOSO: Partial<Customer> = {
  activeDirectory: { state: 'waiting', since: 0 },
  office365: {
    state: 'connected',
    since: 0,
    tenant: {
      tenantId: '00000000-0000-4000-8000-000000000001',
      displayName: 'Contoso',
      domains: ['contoso.test'],
      consentedBy: { objectId: 'admin', name: 'Admin', username: 'admin@contoso.test' },
      consentedAt: 0,
      checks: [],
    },
  },
  sync: { mode: 'azureAdConnect', chosenAt: 0, chosenBy: { id: 'tess', name: 'tess' } },
};

/** All documents, to prove that nothing changed. */
export async function allOf(stores: Stores): Promise<Record<string, unknown>> {
  const lists = Object.entries(stores).map(async ([name, store]) => [
    name,
    (await store.list({ limit: 1000 })).items,
  ]);
  return Object.fromEntries(await Promise.all(lists));
}

/** Expects the refusal, with the bot's time, nothing changed, and nothing secret in the log. */
export async function expectRefused(
  { stores, clock, bot }: Pick<ServingWorld, 'stores' | 'clock' | 'bot'>,
  work: () => Promise<{ status: number; body: unknown }>,
  expected: { status: number; error: string; [more: string]: unknown },
  secret: string,
): Promise<void> {
  const before = await allOf(stores);
  const { status, body } = await work();
  expect({ status, ...(body as object) }).toMatchObject({ now: clock.now(), ...expected });
  expect(await allOf(stores)).toEqual(before);
  expect(bot.text()).not.toContain(secret);
}

let count = 0;
const guidOf = (n: number) => `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`;
export const user = (n = 1, more: Partial<DirectoryUser> = {}): DirectoryUser => ({
  objectGuid: guidOf(n),
  samAccountName: `user${n}`,
  userPrincipalName: `user${n}@contoso.test`,
  displayName: `Zoë Secretname${n}`,
  distinguishedName: `CN=User ${n},OU=Staff,DC=contoso,DC=test`,
  userAccountControl: 512,
  pwdLastSet: '133800000000000000',
  memberOf: ['CN=Staff,DC=contoso,DC=test'],
  ...more,
});

/** A reset as an agent tells it; each call is another reset of user `n`, unless `more` says otherwise. */
export function reset(seq: number, now: number, more: Partial<PasswordReset> & { n?: number } = {}) {
  const { n = seq, ...rest } = more;
  count++;
  const pwdLastSet = String(133_800_000_000_000_000n + BigInt(count));
  return {
    seq,
    id: randomUUID(),
    seenAt: now,
    type: 'reset' as const,
    user: user(n, { pwdLastSet }),
    how: 'unknown' as PasswordReset['how'],
    mustChange: false,
    password: { pwdLastSet, version: count } as PasswordReset['password'],
    changedAt: now - 10_000 + seq,
    times: 1,
    late: false,
    ...rest,
  };
}
