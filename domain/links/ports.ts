import type { SignedInAdmin, SignInProvider } from '../tenants/ports';

/**
 * Sign-in of the MSP's own people, in its own tenant: authorization code + PKCE. Implemented by
 * connectors/graph with msal-node.
 */
export interface StaffSignIn extends Pick<SignInProvider, 'authorizeUrl' | 'refused'> {
  /** Throws MicrosoftRefused. */
  redeem(
    request: Parameters<SignInProvider['redeem']>[0],
  ): Promise<Pick<SignedInAdmin, 'tenantId' | 'objectId' | 'username'>>;
}
