import type { ConnectHealth } from '../agentProtocol/health';
import { agentsServed } from '../agents/agentsServed';
import type { Needs } from '../stores/core';

type ConnectState = ConnectHealth['state'];

/** The states of Entra Connect on this customer's online agents. */
export async function connectStates(deps: Needs<'agents'>, customerId: string): Promise<ConnectState[]> {
  const agents = await agentsServed(deps, customerId);
  return agents.flatMap(({ value }) =>
    value.state === 'online' && value.health ? [value.health.connect.state] : [],
  );
}

/** True when agents see Entra Connect in staging mode, and none sees one that is ready. */
export const standsBy = (states: readonly ConnectState[]): boolean =>
  states.includes('staging') && !states.includes('ready');

export const STAGING =
  'Entra Connect on the agent’s server is in staging mode and sends no passwords. Check that the active server runs. End staging mode only if there is no other server.';
