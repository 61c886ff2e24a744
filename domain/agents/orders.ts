import { activeCustomer } from '../customers/changeCustomer';
import type { Customer } from '../customers/customer';
import { conflict } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Agent, AgentOrder } from './agent';
import type { AgentDeps } from './agentDeps';
import { agentsServed } from './agentsServed';
import { mayTellDirectory } from './mayTell';

/** How long something may wait to be done: an agent that comes back later does not do it any more. */
export const ORDER_MS = 30 * 60_000;
export type Verb = AgentOrder['verb'];
export type OrderDeps = Pick<AgentDeps, 'agents' | 'agentOrders' | 'bell' | 'clock' | 'random'>;

/** Orders something of an agent, unless the same waits to be handed out already; what a person wishes is not served by what may wait. */
async function issueOrder(
  deps: OrderDeps,
  agent: Stored<Agent>,
  verb: Verb,
  recordId?: string,
): Promise<void> {
  const now = deps.clock.now();
  const { items } = await deps.agentOrders.list({
    where: { agentId: agent.id, state: 'waiting' },
    sort: { key: 'issuedAt', descending: true },
    limit: 100,
  });
  const serves = ({ value }: Stored<AgentOrder>) =>
    value.verb === verb && value.expiresAt > now && (recordId !== undefined || value.recordId === undefined);
  if (items.some(serves)) return;
  await deps.agentOrders.insert(deps.random.id(), {
    agentId: agent.id,
    customerId: agent.value.customerId,
    verb,
    ...(recordId && { recordId }),
    issuedAt: now,
    expiresAt: now + ORDER_MS,
    state: 'waiting',
  });
  deps.bell.ring(agent.id);
}

const connectOf = ({ value }: Stored<Agent>) => value.health?.connect.state;
/** One that did not say how it is may answer again by now. */
const mayRunConnect = (agent: Stored<Agent>) => ['ready', 'unknown'].includes(connectOf(agent) ?? '');
/** Those whose Azure AD Connect is ready; where none is known to be, each that has one looks anew, and says why when it cannot. */
function withConnect(agents: Stored<Agent>[]): Stored<Agent>[] {
  const ready = agents.filter((agent) => connectOf(agent) === 'ready');
  if (ready.length > 0) return ready;
  return agents.filter((agent) => !['notInstalled', 'cloudSync', undefined].includes(connectOf(agent)));
}

/**
 * After resets: the customer's Azure AD Connect is to sync, wherever it runs. Nothing where passwords do not go that way, and nothing for
 * the agent that told the resets: it has asked itself.
 */
export async function orderDeltaSync(
  deps: OrderDeps,
  { id, value }: Stored<Customer>,
  { recordId, toldBy }: { recordId: string; toldBy: string },
): Promise<void> {
  if (value.sync?.mode !== 'azureAdConnect') return;
  for (const agent of (await agentsServed(deps, id)).filter(mayRunConnect))
    if (agent.id !== toldBy) await issueOrder(deps, agent, 'deltaSync', recordId);
}

const NOBODY: Record<Verb, string> = {
  deltaSync:
    'None of this customer’s agents that are online is on a server with Azure AD Connect. Install an agent there, or see why its agent is offline.',
  inventory:
    'None of this customer’s agents that may read its directory is online. Nothing was ordered. An agent that was installed with the command for another server reads no users.',
};

/**
 * Orders something at a technician's wish, of every agent that can do it; resolves to the names of their machines. Throws notAllowed, notFound for
 * a customer that is not there, and conflict with what to do when there is no such agent.
 */
export async function orderNow(
  deps: OrderDeps & Pick<AgentDeps, 'customers'>,
  actor: Actor,
  { customerId, verb }: { customerId: string; verb: Verb },
): Promise<string[]> {
  permit(actor, 'agents.manage');
  await activeCustomer(deps.customers, customerId);
  const online = (await agentsServed(deps, customerId)).filter(({ value }) => value.state === 'online');
  const able =
    verb === 'deltaSync' ? withConnect(online) : online.filter(({ value }) => mayTellDirectory(value));
  if (able.length === 0) throw conflict(NOBODY[verb]);
  for (const agent of able) await issueOrder(deps, agent, verb);
  return able.map(({ value }) => value.machine.name);
}
