import { VersionConflict } from '../errors';
import type { Stored } from '../ports';
import type { Stores } from '../stores/stores';
import type { Agent } from './agent';
import { revoked, tryLaterAgent, unauthorized } from './agentRefusal';

const TRIES = 8;

/**
 * Applies `change` to the agent as it stands now, again when somebody else changed it in between; a change to the very same value is
 * not written. A revoked one is never changed: throws AgentRefusal.
 */
export async function changeAgent(
  { agents }: Pick<Stores, 'agents'>,
  id: string,
  change: (agent: Agent) => Agent,
): Promise<Stored<Agent>> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    const current = await agents.get(id);
    if (!current) throw unauthorized('unknown agent');
    if (current.value.state === 'revoked') throw revoked('revoked');
    const value = change(current.value);
    if (value === current.value) return current;
    try {
      return await agents.replace(current, value);
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
  throw tryLaterAgent('the agent’s record is changed too often');
}
