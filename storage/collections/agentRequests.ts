import type { DefinitionOf } from '../collectionDef';

/** The id is made of the signed request, so a second insert is a replay. */
export const agentRequests: DefinitionOf<'agentRequests'> = {
  name: 'agentRequests',
  ofCustomer: 'nothing',
  expires: (request) => request.expiresAt,
};
