import { LIMITS } from '../../agentProtocol/protocol';
import type { Customer } from '../../customers/customer';
import type { Stored } from '../../ports';
import type { Agent } from '../agent';
import { agentsServed } from '../agentsServed';
import { issueOrder, type OrderDeps } from './issueOrder';
import type { OrderKind } from './orderKind';

const connectOf = ({ value }: Stored<Agent>) => value.health?.connect.state;
/** One that did not say how it is may answer again by now. */
const mayRunConnect = (agent: Stored<Agent>) => ['ready', 'unknown'].includes(connectOf(agent) ?? '');
const hasConnect = (agent: Stored<Agent>) =>
  !['notInstalled', 'cloudSync', undefined].includes(connectOf(agent));

/** Those whose Azure AD Connect is ready; where none is known to be, each that has one looks anew, and says why when it cannot. */
function withConnect(agents: Stored<Agent>[]): Stored<Agent>[] {
  const ready = agents.filter((agent) => connectOf(agent) === 'ready');
  return ready.length > 0 ? ready : agents.filter(hasConnect);
}

/** A delta sync of Azure AD Connect. One that is about a record follows resets; one without is a person's wish. */
export const deltaSync: OrderKind<'deltaSync'> = {
  verb: 'deltaSync',
  noun: 'delta sync',
  lifeMs: LIMITS.orderMs,
  mayBeGivenTo: () => true,
  /** What a person wishes is not served by what may wait. */
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
    if (agent.id !== toldBy) await issueOrder(deps, agent, deltaSync, { recordId });
}
