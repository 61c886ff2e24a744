import type { AgentRequest } from '../../domain/agents/agent';
import type { CollectionDef } from './collectionDef';

/** The id is what makes a signed request one: a second insert is a replay. */
export const agentRequests: CollectionDef<AgentRequest> = {
  name: 'agentRequests',
  keys: {},
  unique: {},
  expires: (request) => request.expiresAt,
};
