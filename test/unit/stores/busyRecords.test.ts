import { forgetMembers } from '../../../bot/access/conversationMembers';
import { changeBudget } from '../../../bot/sending/changeBudget';
import { createConversationLane } from '../../../bot/turns/conversationLane';
import { audited } from '../../../domain/audit/recordAudit';
import { changePage, changeRun } from '../../../domain/imports/changeRun';
import { changeIntegration } from '../../../domain/integrations/changeIntegration';
import { verifyKeyEntry } from '../../../domain/integrations/enterKey';
import { rewrapKeys } from '../../../domain/integrations/storedKeys';
import { endOpenLinks } from '../../../domain/links/endLink';
import { linkIdOf } from '../../../domain/organizations/organization';
import { putLink } from '../../../domain/organizations/putLink';
import { addPerson } from '../../../domain/people/people';
import { createArrivals } from '../../../domain/resets/trackArrival';
import { TRIES } from '../../../domain/stores/retried';
import { signInLink } from '../../../domain/tenants/signIn/signInLink';
import { verifySignIn } from '../../../domain/tenants/verifySignIn';
import { admin, type Case, CUSTOMER, edited, endsWithConflict, the } from '../../helpers/bot/busyWorld';

/** Records of the MSP and of its people: in each case others change the same record all the time. */
const CASES: Case[] = [
  ['changeRun', 'importRuns', (deps) => changeRun(deps, 'x', (run) => ({ ...run }))],
  ['changePage', 'importPages', (deps) => changePage(deps, 'run-00001', 1, (page) => ({ ...page }))],
  ['changeIntegration', 'integrations', (deps) => changeIntegration(deps, 'x', (value) => ({ ...value }))],
  [
    'rewrapKeys',
    'integrations',
    (deps) => {
      const vault = { knows: () => true, isCurrent: () => false, open: async () => 'k' };
      return rewrapKeys(deps.stores, {
        ...vault,
        seal: async () => ({ kid: 'new', jwe: 'sealed' }),
      } as never);
    },
  ],
  [
    'endOpenLinks',
    'oneTimeLinks',
    async (deps) => {
      const link = await edited(deps.stores.oneTimeLinks, ({ stateHash: _, ...value }) => value);
      await deps.stores.oneTimeLinks.insert('open', { ...link, stage: 'issued' });
      const owner = { ...admin, id: 'person-00001' };
      return endOpenLinks(deps, signInLink, owner, 'conversation-00001', 'It was replaced.');
    },
  ],
  [
    'verifyKeyEntry, of a wrong code',
    'oneTimeLinks',
    async (deps) => {
      const link = await edited(deps.stores.oneTimeLinks, ({ stateHash: _, ...value }) => value);
      const facts = { account: { kind: 'itglue', address: 'eu' } };
      const tested = { ...link, kind: 'keyEntry', person: admin, facts, stage: 'code' as const };
      await deps.stores.oneTimeLinks.insert('tested', { ...tested, conversationKey: 'c' });
      await verifyKeyEntry({ ...deps, vault: {} as never }, admin, {
        conversationKey: 'c',
        code: '000000',
        requestId: 'r',
      });
    },
  ],
  [
    'verifySignIn, of a wrong code',
    'oneTimeLinks',
    async (deps) => {
      const signIn = await edited(deps.stores.oneTimeLinks, ({ stateHash: _, ...value }) => value);
      const person = { id: 'person-1', name: 'Megan' };
      const consented = { ...signIn, stage: 'code' as const, conversationKey: 'c', person };
      await deps.stores.oneTimeLinks.insert('consented', consented);
      const customerId = signIn.facts.customerId ?? '';
      const request = { conversationKey: 'c', customerId, code: '0', requestId: 'r' };
      await verifySignIn({ ...deps, directory: {} } as never, admin, request);
    },
  ],
  [
    'putLink, over a dead one',
    'links',
    async (deps) => {
      const { value } = await the(deps.stores.links);
      const id = linkIdOf('i', 'o');
      await deps.stores.links.insert(id, {
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
      const known = await edited(deps.stores.people, (value) => ({ ...value, objectId }));
      await deps.stores.people.insert(objectId, known);
      const request = { objectId, name: 'x', role: 'admin' as const, requestId: 'r' };
      await addPerson({ ...deps, firstAdmins: [] }, admin, request);
    },
  ],
  [
    'createArrivals, of too many resets',
    'events',
    async (deps) => {
      const note = createArrivals(deps, { most: 1, everyMs: 1000 });
      for (const eventId of ['other', 'another', 'x']) await note(eventId, CUSTOMER);
    },
  ],
  [
    'a turn in a conversation',
    'conversations',
    (deps) => {
      const lane = createConversationLane({ ...deps, buttonLink: {} as never });
      return lane.run({ activity: {} } as never, 'x', 'turn', async () => undefined);
    },
  ],
  ['forgetMembers', 'references', (deps) => forgetMembers({ stores: deps.stores }, 'x')],
  [
    'changeBudget',
    'sendBudgets',
    (deps) =>
      changeBudget({ ...deps, pause: async () => undefined }, 'x', ({ nextAt }) => ({ nextAt: nextAt + 1 })),
  ],
];

test.each(CASES)('%s ends after TRIES tries, with the known error', async (_what, name, run) => {
  expect(await endsWithConflict(name, run)).toBe(TRIES);
});

test('audited tries to settle its record as done, never as failed, and says that it could not', async () => {
  const record = (deps: Parameters<Case[2]>[0]) =>
    audited(deps, admin, 'r', { action: 'person.add', target: 'x' }, async () => 1);
  expect(await endsWithConflict('audit', record)).toBe(TRIES);
});
