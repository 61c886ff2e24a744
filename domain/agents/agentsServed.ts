import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import type { Agent } from './agent';

/** The customer's agents that are not revoked; at most a thousand. */
export async function agentsServed(
  { stores: { agents } }: Needs<'agents'>,
  customerId: string,
): Promise<Stored<Agent>[]> {
  const { items } = await agents.list({ where: { customerId }, limit: 1000 });
  return items.filter(({ value }) => value.state !== 'revoked');
}
