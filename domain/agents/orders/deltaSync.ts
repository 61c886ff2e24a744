import { LIMITS } from '../../agentProtocol/protocol';
import type { Customer } from '../../customers/customer';
import type { Stored } from '../../ports';
import type { Agent } from '../agent';
import { agentsServed } from '../agentsServed';
import { isOnline } from './isOnline';
import { issueOrder, type OrderDeps } from './issueOrder';
import type { OrderKind } from './orderKind';

const connectOf = ({ value }: Stored<Agent>) => value.health?.connect.state;
/** An Microsoft Entra Connect that did not answer before may answer now. */
const mayRunConnect = (agent: Stored<Agent>) => ['ready', 'unknown'].includes(connectOf(agent) ?? '');
const hasConnect = (agent: Stored<Agent>): boolean =>
  !['notInstalled', 'cloudSync', undefined].includes(connectOf(agent));

/**
 * The agents whose Microsoft Entra Connect is ready. When none is known to be ready, every agent that has
 * one looks again and says why it cannot sync.
 */
function withConnect(agents: Stored<Agent>[]): Stored<Agent>[] {
  const ready = agents.filter((agent) => connectOf(agent) === 'ready');
  return ready.length > 0 ? ready : agents.filter(hasConnect);
}

/**
 * A delta sync of Microsoft Entra Connect. An order with a record follows resets; an order without one is a
 * person's wish.
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
    offered: (agents) => agents.some((agent) => isOnline(agent) && hasConnect(agent)),
    choose: withConnect,
    ordered: (names) =>
      `Delta sync ordered on ${names}. It starts within a minute, or after the cycle that runs there now. Password hash sync is not part of it: it runs every two minutes by itself.`,
    nobody:
      'No agent on a server with Microsoft Entra Connect is online, so Keyturn started no sync. Entra Connect still syncs by itself, usually every 30 minutes. Find out why the agent is offline, or install one there.',
  },
};

/**
 * Orders a sync of the customer's Microsoft Entra Connect after resets, wherever it runs. Orders nothing when
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
