import type { GraphCredential } from './settings';

/** The audience that a managed identity's token must have to stand for an app registration. */
const EXCHANGE = 'api://AzureADTokenExchange';

/**
 * The managed identity of this machine vouches for the app: there is no secret to keep, and nothing expires.
 */
export const managedIdentityCredential = (userAssignedClientId?: string): GraphCredential => ({
  kind: 'assertion',
  getAssertion: async () => {
    const msal = await import('@azure/msal-node');
    const identity = new msal.ManagedIdentityApplication(
      userAssignedClientId ? { managedIdentityIdParams: { userAssignedClientId } } : undefined,
    );
    return (await identity.acquireToken({ resource: EXCHANGE })).accessToken;
  },
});
