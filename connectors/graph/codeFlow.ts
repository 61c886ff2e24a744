import type { SignInProvider } from '../../domain/tenants/ports';
import { createIdTokenReader, type IdTokenClaims } from './idToken';
import { msalClient } from './msalClient';
import { throwByMsal } from './refusals';
import type { GraphSettings } from './settings';

type PageRequest = Parameters<SignInProvider['authorizeUrl']>[0];
type CodeRequest = Parameters<SignInProvider['redeem']>[0];

/** The sign-in of one tenant (or `organizations`), with code and PKCE. Throws MicrosoftRefused. */
export function createCodeFlow(settings: GraphSettings, tenant: string, scopes: string[]) {
  const readIdToken = createIdTokenReader(settings);
  return {
    /** The address of Microsoft's sign-in page. */
    async authorizeUrl({ state, nonce, challenge, redirectUri }: PageRequest): Promise<string> {
      const client = await msalClient(settings, tenant);
      const asked = {
        scopes,
        redirectUri,
        state,
        nonce,
        codeChallenge: challenge,
        codeChallengeMethod: 'S256',
      };
      return client
        .getAuthCodeUrl({ ...asked, responseMode: 'query', prompt: 'select_account' })
        .catch(throwByMsal);
    },
    /** Every sign-in has a client of its own, so the person's tokens are gone when this returns. */
    async redeem(request: CodeRequest): Promise<{ claims: IdTokenClaims; accessToken: string }> {
      const { code, verifier, nonce, redirectUri } = request;
      const client = await msalClient(settings, tenant);
      const result = await client
        .acquireTokenByCode({ code, codeVerifier: verifier, nonce, redirectUri, scopes })
        .catch(throwByMsal);
      return { claims: await readIdToken(result.idToken, nonce), accessToken: result.accessToken };
    },
  };
}
