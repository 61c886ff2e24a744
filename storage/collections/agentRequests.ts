import type { DefinitionOf } from './collectionDef';

/** The id is what makes a signed request one: a second insert is a replay. */
export const agentRequests: DefinitionOf<'agentRequests'> = {
  name: 'agentRequests',
  ofCustomer: 'nothing',
  keys: {},
  unique: {},
  expires: (request) => request.expiresAt,
};
