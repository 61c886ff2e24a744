import type { ConfidentialClientApplication, NodeAuthOptions } from '@azure/msal-node';
import type { GraphCredential, GraphSettings } from './settings';
import { tokenNetwork } from './tokenNetwork';

const SIGN_IN_SCOPES = ['openid', 'profile'];

/**
 * A client for one tenant (`organizations` for a sign-in). It keeps its tokens in its own memory, and they
 * disappear with it. Microsoft's library is loaded on first use, to keep the start quick.
 */
export async function msalClient(
  settings: GraphSettings,
  tenant: string,
): Promise<ConfidentialClientApplication> {
  const msal = await import('@azure/msal-node');
  /**
   * The library adds offline_access by itself in two functions. That would give a refresh token, which nobody
   * here may have.
   */
  class WithoutRefreshTokens extends msal.ConfidentialClientApplication {
    protected override async initializeBaseRequest(
      of: Parameters<ConfidentialClientApplication['initializeBaseRequest']>[0],
    ): ReturnType<ConfidentialClientApplication['initializeBaseRequest']> {
      const request = await super.initializeBaseRequest(of);
      return { ...request, scopes: request.scopes.filter((scope) => scope !== 'offline_access') };
    }

    protected override async createAuthority(
      ...of: Parameters<ConfidentialClientApplication['createAuthority']>
    ): ReturnType<ConfidentialClientApplication['createAuthority']> {
      const authority = await super.createAuthority(...of);
      authority.options.OIDCOptions = { defaultScopes: [...SIGN_IN_SCOPES] };
      return authority;
    }
  }
  return new WithoutRefreshTokens({
    auth: {
      clientId: settings.clientId,
      authority: `${settings.loginUrl}/${tenant}`,
      knownAuthorities: [new URL(settings.loginUrl).host],
      ...credentialOf(settings.credential),
    },
    system: { networkClient: tokenNetwork(msal.AuthError) },
  });
}

function credentialOf(credential: GraphCredential): Partial<NodeAuthOptions> {
  switch (credential.kind) {
    case 'secret':
      return { clientSecret: credential.clientSecret };
    case 'certificate': {
      const { kind: _, ...clientCertificate } = credential;
      return { clientCertificate };
    }
    case 'assertion':
      return { clientAssertion: credential.getAssertion };
  }
}
