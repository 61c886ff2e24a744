import type { Stored } from '../ports';
import type { Agent } from './agent';
import type { AgentDeps } from './agentDeps';

/** The customer's agents that are not revoked; at most a thousand. */
export async function agentsServed(
  { agents }: Pick<AgentDeps, 'agents'>,
  customerId: string,
): Promise<Stored<Agent>[]> {
  const { items } = await agents.list({ where: { customerId }, limit: 1000 });
  return items.filter(({ value }) => value.state !== 'revoked');
}
