import type { z } from 'zod';
import type { AgentCommand, commandsRequest } from '../../agentProtocol/messages';
import { type Admitted, stillServed } from '../admission/admitAgent';
import type { AgentDeps } from '../agentDeps';
import { claimOrders } from './claimOrders';
import { settleReports } from './settleReports';

/**
 * Takes the agent's reports and answers with its next commands. With no command at hand it waits, and checks
 * again that the agent is still served before it claims orders. `ended` ends the wait at once, with no
 * commands. Throws AgentRefusal.
 */
export async function nextCommands(
  deps: AgentDeps,
  { agent }: Admitted,
  { waitMs, done, verbs }: Omit<z.output<typeof commandsRequest>, 'protocol'>,
  ended: AbortSignal,
): Promise<AgentCommand[]> {
  await settleReports(deps, agent.id, done);
  const atHand = await claimOrders(deps, agent, verbs);
  if (atHand.length > 0 || waitMs === 0) return atHand;
  await deps.bell.wait(agent.id, waitMs, ended);
  const served = await stillServed(deps, agent.id);
  return ended.aborted ? [] : claimOrders(deps, served.agent, verbs);
}
