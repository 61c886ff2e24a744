import { LIMITS } from '../../agentProtocol/protocol';
import type { Customer } from '../../customers/customer';
import type { Stored } from '../../ports';
import type { Agent } from '../agent';
import { agentsServed } from '../agentsServed';
import { issueOrder, type OrderDeps } from './issueOrder';
import type { OrderKind } from './orderKind';

const connectOf = ({ value }: Stored<Agent>) => value.health?.connect.state;
/** An Azure AD Connect that did not answer before may answer now. */
const mayRunConnect = (agent: Stored<Agent>) => ['ready', 'unknown'].includes(connectOf(agent) ?? '');
const hasConnect = (agent: Stored<Agent>) =>
  !['notInstalled', 'cloudSync', undefined].includes(connectOf(agent));

/**
 * The agents whose Azure AD Connect is ready. When none is known to be ready, every agent that has one looks
 * again and says why it cannot sync.
 */
function withConnect(agents: Stored<Agent>[]): Stored<Agent>[] {
  const ready = agents.filter((agent) => connectOf(agent) === 'ready');
  return ready.length > 0 ? ready : agents.filter(hasConnect);
}

/**
 * A delta sync of Azure AD Connect. An order with a record follows resets; an order without one is a person's
 * wish.
 */
export const deltaSync: OrderKind<'deltaSync'> = {
  verb: 'deltaSync',
  noun: 'delta sync',
  lifeMs: LIMITS.orderMs,
  mayBeGivenTo: () => true,
  /** A waiting automatic order does not serve a person's wish. */
  serves: (waiting, { recordId }) => recordId !== undefined || waiting.recordId === undefined,
  wish: {
    title: 'Delta sync now',
    offered: (agents) => agents.some(hasConnect),
    choose: withConnect,
    ordered: (names) =>
      `A delta sync was ordered of ${names}. It starts within a minute, or when the cycle that runs there now has ended; passwords go by hash sync, every two minutes by itself.`,
    nobody:
      'None of this customer’s agents that are online is on a server with Azure AD Connect. Install an agent there, or see why its agent is offline.',
  },
};

/**
 * Orders a sync of the customer's Azure AD Connect after resets, wherever it runs. Orders nothing when
 * passwords do not go that way, and nothing of the agent that told the resets, because that agent syncs by
 * itself.
 */
export async function orderDeltaSync(
  deps: OrderDeps,
  { id, value }: Stored<Customer>,
  { recordId, toldBy }: { recordId: string; toldBy: string },
): Promise<void> {
  if (value.sync?.mode !== 'azureAdConnect') return;
  for (const agent of (await agentsServed(deps, id)).filter(mayRunConnect))
    if (agent.id !== toldBy) await issueOrder(deps, agent, deltaSync, { recordId });
}
