import type { AgentCommand } from '../../agentProtocol/messages';
import { LIMITS } from '../../agentProtocol/protocol';
import { FIRST_VERBS, type Verb } from '../../agentProtocol/verbs';
import type { Stored } from '../../ports';
import type { Needs } from '../../stores/core';
import { pages } from '../../stores/pages';
import { unlessChanged } from '../../stores/retried';
import type { Agent, AgentOrder } from '../agent';
import type { AgentDeps } from '../agentDeps';
import { kindOf, ORDERS } from '.';
import { ended } from './ended';

type Deps = Needs<'agentOrders', 'clock'>;

/**
 * After this time without a report, a claimed order counts as lost and is claimed again; the agent knows it
 * by its id.
 */
const AGAIN_MS = 30_000;
const MOST = 50;

/**
 * Claims what the agent is to do now: each order is noted as handed out before the agent gets it, and expired
 * orders are left out. An order that this agent does not know, or may not be given, fails here, and its input
 * never leaves the bot.
 */
export async function claimOrders(
  deps: Deps,
  { id, value: agent }: Stored<Agent>,
  verbs: readonly string[] = FIRST_VERBS,
): Promise<AgentCommand[]> {
  const now = deps.clock.now();
  const orders = [
    ...(await ordersOf(deps, id, 'waiting', now)),
    ...(await ordersOf(deps, id, 'handedOut', now)),
  ].slice(0, MOST);
  const handed: AgentCommand[] = [];
  for (const order of orders) {
    const finding = whyNot(agent, order.value.verb, verbs);
    const next: AgentOrder = finding
      ? failedBefore(order.value, finding)
      : { ...order.value, state: 'handedOut', handedOutAt: now };
    if ((await unlessChanged(deps.stores.agentOrders.replace(order, next))) && !finding)
      handed.push(commandOf(order));
  }
  return handed;
}

/** An order that was handed out before may have been done already. */
const failedBefore = (order: AgentOrder, finding: string): AgentOrder =>
  ended(order, { state: 'failed', finding, ...(order.state === 'handedOut' && { mayBeDone: true }) });

function whyNot(agent: Agent, verb: Verb, verbs: readonly string[]): string | undefined {
  if (!verbs.includes(verb)) return 'This version of the agent cannot do it. Update the agent.';
  if (!ORDERS[verb].mayBeGivenTo(agent))
    return 'The agent may not do it, because it was installed with the command for another kind of server.';
  return undefined;
}

/** Orders that are not claimed now never hide those that are. */
async function ordersOf(
  { stores: { agentOrders } }: Deps,
  agentId: string,
  state: AgentOrder['state'],
  now: number,
): Promise<Stored<AgentOrder>[]> {
  const range = { key: 'issuedAt', from: now - LIMITS.orderMs } as const;
  const found: Stored<AgentOrder>[] = [];
  for await (const orders of pages(agentOrders, { where: { agentId, state }, range, limit: MOST })) {
    found.push(...orders.filter(({ value }) => isDue(value, now)));
    if (found.length >= MOST) break;
  }
  return found;
}

/** An order of a newer instance of the bot waits for such an instance. */
const isDue = ({ verb, expiresAt, handedOutAt }: AgentOrder, now: number): boolean =>
  expiresAt > now && kindOf(verb) !== undefined && (handedOutAt ?? 0) + AGAIN_MS <= now;

const commandOf = ({ id, value }: Stored<AgentOrder>): AgentCommand => ({
  id,
  verb: value.verb,
  ...(value.input !== undefined && { input: value.input }),
  ...(value.recordId && { recordId: value.recordId }),
  expiresAt: value.expiresAt,
});

/**
 * Wakes the waiting agents of this instance that have an order, whichever instance wrote it; one query for
 * all of them.
 */
export async function ringForOrders(deps: Deps & Pick<AgentDeps, 'bell'>): Promise<void> {
  if (!deps.bell.anybodyWaits()) return;
  const range = { key: 'issuedAt', from: deps.clock.now() - LIMITS.orderMs } as const;
  const waiting = { where: { state: 'waiting' }, range, limit: 1000 };
  for await (const orders of pages(deps.stores.agentOrders, waiting))
    for (const { value } of orders) deps.bell.ring(value.agentId);
}
