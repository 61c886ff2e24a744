import { forgetMembers } from '../../../bot/access/placeMembers';
import { changeBudget } from '../../../bot/notifications/changeBudget';
import { changeAgent } from '../../../domain/agents/changeAgent';
import { completeReset } from '../../../domain/agents/completeReset';
import { decideReplacement } from '../../../domain/agents/decideReplacement';
import { putAccounts } from '../../../domain/agents/noteUsers';
import { revokeAgent } from '../../../domain/agents/revokeAgent';
import { settleActiveDirectory } from '../../../domain/agents/settleActiveDirectory';
import { spend } from '../../../domain/agents/spend';
import { takeInventory } from '../../../domain/agents/takeInventory';
import { audited } from '../../../domain/audit/recordAudit';
import { changeCustomer } from '../../../domain/customers/changeCustomer';
import type { ResetEvent } from '../../../domain/events/addTelling';
import { explainEvents } from '../../../domain/events/explainEvents';
import { changePage, changeRun } from '../../../domain/imports/changeRun';
import { pageIdOf } from '../../../domain/imports/importRun';
import { changeIntegration } from '../../../domain/integrations/changeIntegration';
import { endOpenEntries } from '../../../domain/integrations/keyEntryAttempt';
import { rewrapKeys } from '../../../domain/integrations/storedKeys';
import { verifyKeyEntry } from '../../../domain/integrations/verifyKeyEntry';
import { callDigest } from '../../../domain/notifications/digest';
import { handOnNotice } from '../../../domain/notifications/handOn';
import { handOverEvents } from '../../../domain/notifications/handOverEvents';
import { raiseAlarms } from '../../../domain/notifications/raiseAlarm';
import { takeOver } from '../../../domain/notifications/sharedPlace';
import { subscribeToCustomer } from '../../../domain/notifications/subscribe';
import { touchNotice } from '../../../domain/notifications/touchNotice';
import { linkIdOf } from '../../../domain/organizations/organization';
import { putLink } from '../../../domain/organizations/putLink';
import { addPerson } from '../../../domain/people/people';
import { TRIES } from '../../../domain/stores/retried';
import type { Stores } from '../../../domain/stores/stores';
import { endOpen } from '../../../domain/tenants/signInState';
import { verifySignIn } from '../../../domain/tenants/verifySignIn';
import { contended } from '../../helpers/contendedStore';
import { memoryStores, TestClock, TestRandom } from '../../helpers/memoryStores';
import { resetEvent } from '../../helpers/resetEvents';
import { actor } from '../../helpers/signInWorld';
import { NOW } from '../../helpers/storeSample';
import { samples } from '../../helpers/storeSamples';

const CUSTOMER = 'customer-00001';
const admin = { ...actor('person-1', 'admin'), id: 'person-1' };
const clock = new TestClock(NOW);
const log = { info: () => undefined, warn: () => undefined, error: () => undefined };

/** What each case has: one document of every collection, and one collection where somebody else is always faster. */
async function busyWorld(name: keyof Stores) {
  const stores = memoryStores(clock);
  for (const [each, sample] of Object.entries(samples)) {
    const store = stores[each as keyof Stores] as { insert(id: string, value: unknown): Promise<unknown> };
    await store.insert(idOf(each), sample.make(1));
  }
  const busy = contended(stores[name]);
  const deps = { ...stores, [name]: busy, clock, log, random: new TestRandom() } as Deps;
  return { deps, busy };
}

type Deps = Stores & { clock: TestClock; log: typeof log; random: TestRandom };

const idOf = (name: string): string =>
  name === 'customers' ? CUSTOMER : name === 'importPages' ? pageIdOf('run-00001', 1) : 'x';

async function the<T>(store: { get(id: string): Promise<T | undefined> }, id = 'x'): Promise<T> {
  const found = await store.get(id);
  if (!found) throw new TypeError('no such sample');
  return found;
}

async function edited<T>(
  store: { get(id: string): Promise<{ value: T } | undefined> },
  edit: (value: T) => T,
) {
  return edit((await the(store)).value);
}

const admitted = async (deps: Deps) => ({
  agent: await the(deps.agents),
  customer: await the(deps.customers, CUSTOMER),
});

type Case = [what: string, name: keyof Stores, run: (deps: Deps) => Promise<unknown>];

/** Every use case that changes a record which others change as well. */
const CASES: Case[] = [
  ['changeCustomer', 'customers', (deps) => changeCustomer(deps, CUSTOMER, (customer) => ({ ...customer }))],
  ['settleActiveDirectory', 'customers', (deps) => settleActiveDirectory(deps, CUSTOMER)],
  ['changeAgent', 'agents', (deps) => changeAgent(deps, 'x', (agent) => ({ ...agent }))],
  [
    'revokeAgent',
    'agents',
    (deps) =>
      revokeAgent({ ...deps, bell: { ring: () => undefined } as never }, admin, {
        agentId: 'x',
        requestId: 'r',
      }),
  ],
  [
    'spend',
    'customerBudgets',
    async (deps) => {
      await deps.customerBudgets.insert(CUSTOMER, { freeAt: {}, expiresAt: NOW + 1000 });
      await spend(deps, await admitted(deps), { events: 1 });
    },
  ],
  [
    'takeInventory',
    'inventoryUploads',
    async (deps) =>
      takeInventory(deps, await admitted(deps), {
        snapshot: 's',
        page: 1,
        last: true,
        users: { read: [], notRead: 0 },
      }),
  ],
  [
    'putAccounts',
    'directoryAccounts',
    async (deps) => {
      const account = { ...(await the(deps.directoryAccounts)).value, seenAt: NOW + 1 };
      const { agent } = await admitted(deps);
      await putAccounts(deps, agent, [account]);
      await putAccounts(deps, agent, [account]);
    },
  ],
  [
    'decideReplacement',
    'installTokens',
    async (deps) => {
      const { customerId, ...token } = (await the(deps.installTokens)).value;
      const { machine, publicKey, version } = (await the(deps.agents)).value;
      const asked = { agentId: 'x', oldKey: 'o', machine, publicKey, version, askedAt: NOW };
      const replacement = { ...asked, expiresAt: NOW + 1000, state: 'waiting' as const };
      await deps.installTokens.insert('asked', { ...token, customerId, replacement });
      await decideReplacement(deps, admin, { tokenId: 'asked', allow: true, requestId: 'r' });
    },
  ],
  [
    'completeReset',
    'events',
    async (deps) => {
      const { id, value } = resetEvent(CUSTOMER, 1, NOW);
      await deps.events.insert(id, value);
      const { privileged: _, ...told } = value;
      await completeReset(deps, id, { ...told, privileged: true } as ResetEvent);
    },
  ],
  [
    'audited',
    'audit',
    (deps) => audited(deps, admin, 'r', { action: 'person.add', target: 'x' }, async () => ({ result: 1 })),
  ],
  ['touchNotice', 'notices', (deps) => touchNotice(deps, 'x')],
  [
    'handOverEvents',
    'notices',
    async (deps) => {
      const { id, value } = resetEvent(CUSTOMER, 2, NOW);
      const first = await deps.events.insert(id, value);
      await handOverEvents(deps, [first]);
      const other = resetEvent(CUSTOMER, 3, NOW);
      await handOverEvents(deps, [await deps.events.insert(other.id, other.value)]);
    },
  ],
  [
    'raiseAlarms',
    'events',
    async (deps) => {
      const resets = [];
      for (let n = 10; n < 17; n++) {
        const { id, value } = resetEvent(CUSTOMER, n, NOW);
        resets.push(await deps.events.insert(id, value));
        if (n > 13) await raiseAlarms(deps, resets);
      }
    },
  ],
  [
    'handOnNotice, of a card that is there',
    'deliveries',
    async (deps) => {
      const value = await edited(deps.notices, (notice) => ({ ...notice, told: true, revision: 9 }));
      const delivery = await edited(deps.deliveries, ({ digestId: _, ...row }) => ({
        ...row,
        noticeIds: ['n'],
        wanted: 1,
      }));
      await deps.deliveries.insert('d', delivery);
      await handOnNotice({ ...deps, times: {} as never }, { id: 'n', version: 1, value });
    },
  ],
  [
    'callDigest',
    'deliveries',
    async (deps) => {
      const { value } = await the(deps.deliveries);
      await callDigest(deps, { ...value, digestId: 'x' });
    },
  ],
  [
    'subscribeToCustomer',
    'subscriptions',
    async (deps) => {
      const { id, value } = await the(deps.subscriptions);
      await deps.subscriptions.insert('mine', { ...value, customers: ['other'] });
      const place = { conversationId: 'mine', scope: value.scope, personId: 'person-1' };
      const request = { customerId: CUSTOMER, requestId: id, timeZone: 'UTC' };
      await subscribeToCustomer({ ...deps, times: {} as never }, admin, place, request);
    },
  ],
  [
    'takeOver',
    'subscriptions',
    async (deps) => {
      const shared = await edited(deps.subscriptions, (value) => ({ ...value, scope: 'channel' as const }));
      await deps.subscriptions.insert('shared', shared);
      await takeOver(deps, admin, { placeId: 'shared', requestId: 'r' });
    },
  ],
  [
    'explainEvents',
    'events',
    async (deps) => {
      const { id, value } = resetEvent(CUSTOMER, 4, NOW);
      await deps.events.insert(id, value);
      await explainEvents(deps, admin, await the(deps.customers, CUSTOMER), {
        as: 'ours',
        requestId: 'r',
        eventIds: [id],
        alsoPrivileged: true,
        seenIn: new Set(),
      });
    },
  ],
  ['changeRun', 'importRuns', (deps) => changeRun(deps.importRuns, 'x', (run) => ({ ...run }))],
  [
    'changePage',
    'importPages',
    (deps) => changePage(deps.importPages, 'run-00001', 1, (page) => ({ ...page })),
  ],
  ['changeIntegration', 'integrations', (deps) => changeIntegration(deps, 'x', (value) => ({ ...value }))],
  [
    'rewrapKeys',
    'integrations',
    (deps) => {
      const vault = { knows: () => true, isCurrent: () => false, open: async () => 'k' };
      return rewrapKeys(deps, { ...vault, seal: async () => ({ kid: 'new', jwe: 'sealed' }) } as never);
    },
  ],
  [
    'endOpenEntries',
    'keyEntries',
    (deps) => endOpenEntries(deps, admin, 'conversation-00001', 'It was replaced.'),
  ],
  [
    'verifyKeyEntry, of a wrong code',
    'keyEntries',
    async (deps) => {
      const tested = await edited(deps.keyEntries, (value) => ({ ...value, stage: 'tested' as const }));
      await deps.keyEntries.insert('tested', { ...tested, conversationKey: 'c' });
      await verifyKeyEntry({ ...deps, vault: {} as never }, admin, {
        conversationKey: 'c',
        code: '000000',
        requestId: 'r',
      });
    },
  ],
  [
    'endOpen',
    'signIns',
    (deps) => endOpen(deps, { ...admin, id: 'person-00001' }, 'conversation-00001', 'It was replaced.'),
  ],
  [
    'verifySignIn, of a wrong code',
    'signIns',
    async (deps) => {
      const signIn = await edited(deps.signIns, ({ stateHash: _, ...value }) => value);
      const technician = { id: 'person-1', name: 'Megan' };
      const consented = { ...signIn, stage: 'consented' as const, conversationKey: 'c', technician };
      await deps.signIns.insert('consented', consented);
      const request = { conversationKey: 'c', customerId: signIn.customerId, code: '0', requestId: 'r' };
      await verifySignIn({ ...deps, directory: {} } as never, admin, request);
    },
  ],
  [
    'putLink, over a dead one',
    'links',
    async (deps) => {
      const { value } = await the(deps.links);
      const id = linkIdOf('i', 'o');
      await deps.links.insert(id, {
        ...value,
        customerId: 'removed',
        integrationId: 'i',
        organizationId: 'o',
      });
      await putLink(deps, { ...value, customerId: CUSTOMER, integrationId: 'i', organizationId: 'o' });
    },
  ],
  [
    'addPerson',
    'people',
    async (deps) => {
      const objectId = '00000000-0000-4000-8000-000000000001';
      const known = await edited(deps.people, (value) => ({ ...value, objectId }));
      await deps.people.insert(objectId, known);
      const request = { objectId, name: 'x', role: 'admin' as const, requestId: 'r' };
      await addPerson({ ...deps, firstAdmins: [] }, admin, request);
    },
  ],
  ['forgetMembers', 'references', (deps) => forgetMembers({ stores: deps }, 'x')],
  [
    'changeBudget',
    'sendBudgets',
    (deps) =>
      changeBudget({ ...deps, pause: async () => undefined }, 'x', ({ nextAt }) => ({ nextAt: nextAt + 1 })),
  ],
];

test.each(CASES)('%s ends after so many tries, with the known error', async (_what, name, run) => {
  const { deps, busy } = await busyWorld(name);
  const error = await run(deps).then(
    () => 'it ended as if nothing had happened',
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: expect.stringMatching(/^(conflict|tryLater)$/) });
  expect(busy.conflicts()).toBeGreaterThanOrEqual(TRIES);
  expect(busy.conflicts()).toBeLessThanOrEqual(2 * TRIES);
});
