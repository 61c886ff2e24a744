import type { Verb } from '../../agentProtocol/verbs';
import { activeCustomer } from '../../customers/changeCustomer';
import { conflict } from '../../errors';
import { permit } from '../../people/permit';
import type { Actor } from '../../people/person';
import type { Needs } from '../../stores/core';
import { agentsServed } from '../agentsServed';
import { ORDERS, wishOf } from '.';
import { isOnline } from './isOnline';
import { issueOrder, type OrderDeps } from './issueOrder';

/**
 * Orders something, at a technician's wish, of every agent that can do it; resolves to the names of their
 * machines. Throws notAllowed, notFound for a missing customer, and conflict with what to do when there is no
 * such agent.
 */
export async function orderNow(
  deps: OrderDeps & Needs<'customers'>,
  actor: Actor,
  { customerId, verb }: { customerId: string; verb: Verb },
): Promise<string[]> {
  permit(actor, 'agents.manage');
  await activeCustomer(deps.stores.customers, customerId);
  const kind = ORDERS[verb];
  const wish = wishOf(verb);
  const served = await agentsServed(deps, customerId);
  const online = served.filter((agent) => isOnline(agent) && kind.mayBeGivenTo(agent.value));
  const able = wish.choose(online);
  if (able.length === 0) throw conflict(wish.nobody);
  for (const agent of able) await issueOrder(deps, agent, kind, {});
  return able.map(({ value }) => value.machine.name);
}
