import type { Stored } from '../ports';
import { change } from '../stores/change';
import type { Needs } from '../stores/core';
import { revoked, tryLaterAgent, unauthorized } from './admission/agentRefusal';
import type { Agent } from './agent';

/**
 * Applies `changed` to the agent as it stands, and again when somebody else changed it in between. The very
 * same value is not written. A revoked agent is never changed: throws AgentRefusal.
 */
export function changeAgent(
  { stores: { agents } }: Needs<'agents'>,
  id: string,
  changed: (agent: Agent) => Agent,
): Promise<Stored<Agent>> {
  const unlessRevoked = (agent: Agent) => {
    if (agent.state === 'revoked') throw revoked('revoked');
    return changed(agent);
  };
  return change(agents, id, unlessRevoked, {
    gone: () => unauthorized('unknown agent'),
    busy: (cause) => tryLaterAgent('the agent’s record is changed too often', cause),
  });
}
