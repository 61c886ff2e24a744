import { putAccounts } from '../../../domain/accounts/noteUsers';
import { takeInventory } from '../../../domain/accounts/takeInventory';
import { spend } from '../../../domain/agents/admission/spend';
import { changeAgent } from '../../../domain/agents/changeAgent';
import { decideReplacement } from '../../../domain/agents/enrolment/decideReplacement';
import { revokeAgent } from '../../../domain/agents/revokeAgent';
import { settleActiveDirectory } from '../../../domain/agents/settleActiveDirectory';
import { changeCustomer } from '../../../domain/customers/changeCustomer';
import { callDigest } from '../../../domain/notifications/digest';
import { fanOutNotice } from '../../../domain/notifications/fanOutNotice';
import { groupIntoNotices } from '../../../domain/notifications/groupIntoNotices';
import { raiseAlarms } from '../../../domain/notifications/raiseAlarm';
import { takeOver } from '../../../domain/notifications/sharedConversation';
import { subscribeToCustomer } from '../../../domain/notifications/subscribe';
import { touchNotice } from '../../../domain/notifications/touchNotice';
import type { ResetEvent } from '../../../domain/resets/addTelling';
import { completeReset } from '../../../domain/resets/completeReset';
import { explainEvents } from '../../../domain/resets/explainEvents';
import { TRIES } from '../../../domain/stores/retried';
import {
  admin,
  admitted,
  type Case,
  CUSTOMER,
  edited,
  endsWithConflict,
  the,
} from '../../helpers/bot/busyWorld';
import { resetEvent } from '../../helpers/bot/resetEvents';
import { NOW } from '../../helpers/store/storeSample';

/** What agents tell, and what people are told: in each case others change the same record all the time. */
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
      await deps.stores.customerBudgets.insert(CUSTOMER, { freeAt: {}, expiresAt: NOW + 1000 });
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
      const account = { ...(await the(deps.stores.directoryAccounts)).value, seenAt: NOW + 1 };
      const { agent } = await admitted(deps);
      await putAccounts(deps, agent, [account]);
      await putAccounts(deps, agent, [account]);
    },
  ],
  [
    'decideReplacement',
    'installTokens',
    async (deps) => {
      const { customerId, ...token } = (await the(deps.stores.installTokens)).value;
      const { machine, publicKey, version } = (await the(deps.stores.agents)).value;
      const asked = { agentId: 'x', oldKey: 'o', machine, publicKey, version, askedAt: NOW };
      const replacement = { ...asked, expiresAt: NOW + 1000, state: 'waiting' as const };
      await deps.stores.installTokens.insert('asked', { ...token, customerId, replacement });
      await decideReplacement(deps, admin, { tokenId: 'asked', allow: true, requestId: 'r' });
    },
  ],
  [
    'completeReset',
    'events',
    async (deps) => {
      const { id, value } = resetEvent(CUSTOMER, 1, NOW);
      await deps.stores.events.insert(id, value);
      const { privileged: _, ...told } = value;
      await completeReset(deps, id, { ...told, privileged: true } as ResetEvent);
    },
  ],
  ['touchNotice', 'notices', (deps) => touchNotice(deps, 'x')],
  [
    'groupIntoNotices',
    'notices',
    async (deps) => {
      const { id, value } = resetEvent(CUSTOMER, 2, NOW);
      const first = await deps.stores.events.insert(id, value);
      await groupIntoNotices(deps, [first]);
      const other = resetEvent(CUSTOMER, 3, NOW);
      await groupIntoNotices(deps, [await deps.stores.events.insert(other.id, other.value)]);
    },
  ],
  [
    'raiseAlarms',
    'events',
    async (deps) => {
      const resets = [];
      for (let n = 10; n < 17; n++) {
        const { id, value } = resetEvent(CUSTOMER, n, NOW);
        resets.push(await deps.stores.events.insert(id, value));
        if (n > 13) await raiseAlarms(deps, resets);
      }
    },
  ],
  [
    'fanOutNotice, of a card that is there',
    'deliveries',
    async (deps) => {
      const value = await edited(deps.stores.notices, (notice) => ({ ...notice, told: true, revision: 9 }));
      const delivery = await edited(deps.stores.deliveries, ({ keptFor: _, ...row }) => ({
        ...row,
        subject: { kind: 'notice' as const, id: 'n' },
        wanted: 1,
      }));
      await deps.stores.deliveries.insert('d', delivery);
      await fanOutNotice(deps, { id: 'n', version: 1, value });
    },
  ],
  [
    'callDigest',
    'deliveries',
    async (deps) => {
      const { value } = await the(deps.stores.deliveries);
      await callDigest(deps, { ...value, keptFor: 'x' });
    },
  ],
  [
    'subscribeToCustomer',
    'subscriptions',
    async (deps) => {
      const { id, value } = await the(deps.stores.subscriptions);
      await deps.stores.subscriptions.insert('mine', { ...value, customers: ['other'] });
      const conversation = { conversationId: 'mine', scope: value.scope, personId: 'person-1' };
      const request = { customerId: CUSTOMER, requestId: id, timeZone: 'UTC' };
      await subscribeToCustomer(deps, admin, conversation, request);
    },
  ],
  [
    'takeOver',
    'subscriptions',
    async (deps) => {
      const shared = await edited(deps.stores.subscriptions, (value) => ({
        ...value,
        scope: 'channel' as const,
      }));
      await deps.stores.subscriptions.insert('shared', shared);
      await takeOver(deps, admin, { conversationId: 'shared', requestId: 'r' });
    },
  ],
  [
    'explainEvents',
    'events',
    async (deps) => {
      const { id, value } = resetEvent(CUSTOMER, 4, NOW);
      await deps.stores.events.insert(id, value);
      await explainEvents(deps, admin, await the(deps.stores.customers, CUSTOMER), {
        as: 'ours',
        requestId: 'r',
        eventIds: [id],
        alsoPrivileged: true,
        seenIn: new Set(),
      });
    },
  ],
];

test.each(CASES)('%s ends after TRIES tries, with the known error', async (_what, name, run) => {
  expect(await endsWithConflict(name, run)).toBe(TRIES);
});
