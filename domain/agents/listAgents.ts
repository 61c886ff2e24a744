import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import type { Agent } from './agent';
import { agentsServed } from './agentsServed';

/** The customer's agents that are not revoked, sorted by machine name. */
export async function listAgents(
  deps: Needs<'agents'>,
  actor: Actor,
  customerId: string,
): Promise<Stored<Agent>[]> {
  permit(actor, 'customers.read');
  const served = await agentsServed(deps, customerId);
  return served.sort((a, b) => a.value.machine.name.localeCompare(b.value.machine.name));
}
