import type { z } from 'zod';
import type { inventoryRequest } from '../agentProtocol/messages';
import { type Admitted, stillServed } from '../agents/admission/admitAgent';
import { AgentRefusal, tryLaterAgent } from '../agents/admission/agentRefusal';
import { ignoring } from '../agents/admission/ignoring';
import { mayTellDirectory, nearerThan } from '../agents/admission/mayTell';
import { withNotRead } from '../agents/admission/notRead';
import { changeAgent } from '../agents/changeAgent';
import { emptyOutbox } from '../agents/outbox';
import type { Stored } from '../ports';
import { change, put } from '../stores/change';
import type { Needs } from '../stores/core';
import { domainOf, type InventoryUpload } from './directoryAccount';
import { giveUpUploads } from './giveUpUploads';
import { keepUnread, putAccounts } from './noteUsers';
import { removeUnseen } from './removeUnseen';

type Deps = Needs<
  'agents' | 'customers' | 'events' | 'inventoryUploads' | 'directoryAccounts',
  'clock' | 'log'
>;
type InventoryPage = Pick<
  z.output<typeof inventoryRequest>,
  'snapshot' | 'page' | 'last' | 'users' | 'unread'
>;

/** A customer with more domains than this is not cleaned up in the further ones. */
const MOST_DOMAINS = 50;

/**
 * Takes one page of an inventory, in any order and as often as it comes. Once all pages have arrived, it
 * removes the accounts of the inventory's domains that no page contained, and never earlier. Resolves to the
 * pages that are still missing after the last page came. As with events, the agent is looked up when its turn
 * comes. Throws AgentRefusal 'invalid' for a page beyond the last one.
 */
export async function takeInventory(deps: Deps, admitted: Admitted, page: InventoryPage): Promise<number[]> {
  const { agent, customer } = await stillServed(deps, admitted.agent.id);
  if (!mayTellDirectory(agent.value)) return ignored(deps, agent.id, page.users.read.length);
  const begun = await begin(deps, `${agent.id}|${page.snapshot}`, customer.id);
  if (begun.value.finishedAt) return [];
  checkPages(begun.value, page);
  if (!begun.value.pages.includes(page.page)) {
    await writeUsers(deps, agent, page);
    await keepUnread(deps, customer.id, page.unread?.objectGuids ?? []);
    await noteNotRead(deps, agent.id, page.users.notRead);
  }
  const upload = await changeUpload(deps, begun.id, (current) => withPage(current, page));
  const missing = missingOf(upload.value);
  if (upload.value.lastPage && missing.length === 0) await finish(deps, agent, upload);
  return missing;
}

/** The agent is not told that its page was ignored: it would send the page forever. */
async function ignored(deps: Deps, agentId: string, users: number): Promise<number[]> {
  const now = deps.clock.now();
  const noted = await changeAgent(deps, agentId, (agent) => ignoring(agentId, agent, { users }, now));
  await emptyOutbox(deps, noted);
  return [];
}

async function begin(deps: Deps, id: string, customerId: string): Promise<Stored<InventoryUpload>> {
  const known = await deps.stores.inventoryUploads.get(id);
  if (known) return known;
  await giveUpUploads(deps, customerId, id.slice(0, id.indexOf('|')));
  const startedAt = deps.clock.now();
  const fresh = { customerId, pages: [], users: 0, domains: [], startedAt };
  return put(deps.stores.inventoryUploads, id, (upload) => upload ?? fresh, BUSY);
}

function checkPages({ lastPage, pages }: InventoryUpload, { page, last }: InventoryPage): void {
  const end = last ? page : lastPage;
  const contradicts = last && lastPage !== undefined && lastPage !== page;
  if (contradicts || (end !== undefined && [...pages, page].some((other) => other > end)))
    throw new AgentRefusal('invalid', 'The pages of this inventory contradict each other. Begin a new one.', {
      why: 'pages contradict',
    });
}

function writeUsers(deps: Deps, agent: Admitted['agent'], { snapshot, users }: InventoryPage): Promise<void> {
  const seen = { customerId: agent.value.customerId, snapshot, seenAt: deps.clock.now() };
  const accounts = users.read.map((user) => ({ ...seen, user }));
  return putAccounts(deps, agent, accounts);
}

async function noteNotRead(deps: Deps, id: string, count: number): Promise<void> {
  if (count === 0) return;
  const now = deps.clock.now();
  deps.log.warn({ agentId: id, users: count }, 'users of an inventory cannot be read and are passed over');
  const noted = await changeAgent(deps, id, (agent) => withNotRead(id, agent, { what: 'users', count, now }));
  await emptyOutbox(deps, noted);
}

function withPage(upload: InventoryUpload, { page, last, users, unread }: InventoryPage): InventoryUpload {
  if (upload.pages.includes(page)) return upload;
  const domains = new Set([
    ...upload.domains,
    ...users.read.map(({ distinguishedName: name }) => domainOf(name)),
  ]);
  return {
    ...upload,
    pages: [...upload.pages, page],
    users: upload.users + users.read.length,
    domains: [...domains].slice(0, MOST_DOMAINS),
    ...((unread?.others || users.notRead) && { incomplete: true }),
    ...(last && { lastPage: page }),
  };
}

function missingOf({ lastPage = 0, pages }: InventoryUpload): number[] {
  const there = new Set(pages);
  return Array.from({ length: lastPage }, (_, n) => n + 1).filter((page) => !there.has(page));
}

async function finish(deps: Deps, agent: Admitted['agent'], upload: Stored<InventoryUpload>): Promise<void> {
  if (!upload.value.incomplete) await removeUnseen(deps, upload.value, await nearerThan(deps, agent));
  await changeUpload(deps, upload.id, (current) => ({ ...current, finishedAt: deps.clock.now() }));
}

const changeUpload = (
  { stores: { inventoryUploads } }: Deps,
  id: string,
  changed: (upload: InventoryUpload) => InventoryUpload,
): Promise<Stored<InventoryUpload>> =>
  change(inventoryUploads, id, changed, {
    ...BUSY,
    gone: () => tryLaterAgent('the inventory is not here any more'),
  });

const BUSY = { busy: (cause: unknown) => tryLaterAgent('the inventory is changed too often', cause) };
