import type { SignInProvider } from '../../domain/tenants/ports';
import type { IdTokenClaims, ReadIdToken } from './idToken';
import { msalClient } from './msalClient';
import { refusedByMsal } from './refusals';
import type { GraphSettings } from './settings';

type PageRequest = Parameters<SignInProvider['authorizeUrl']>[0];
export type CodeRequest = Parameters<SignInProvider['redeem']>[0];

/**
 * Microsoft's sign-in page for this tenant (or `organizations`), with code and PKCE. Throws MicrosoftRefused.
 */
export async function pageFor(
  settings: GraphSettings,
  tenant: string,
  scopes: string[],
  { state, nonce, challenge, redirectUri }: PageRequest,
): Promise<string> {
  const client = await msalClient(settings, tenant);
  return client
    .getAuthCodeUrl({
      scopes,
      redirectUri,
      state,
      nonce,
      codeChallenge: challenge,
      codeChallengeMethod: 'S256',
      responseMode: 'query',
      prompt: 'select_account',
    })
    .catch((error) => {
      throw refusedByMsal(error);
    });
}

/**
 * Every sign-in has a client of its own, so the person's tokens are gone when this returns. Throws
 * MicrosoftRefused.
 */
export async function redeemed(
  settings: GraphSettings,
  readIdToken: ReadIdToken,
  tenant: string,
  scopes: string[],
  { code, verifier, nonce, redirectUri }: CodeRequest,
): Promise<{ claims: IdTokenClaims; accessToken: string }> {
  const client = await msalClient(settings, tenant);
  const result = await client
    .acquireTokenByCode({ code, codeVerifier: verifier, nonce, redirectUri, scopes })
    .catch((error) => {
      throw refusedByMsal(error);
    });
  return { claims: await readIdToken(result.idToken, nonce), accessToken: result.accessToken };
}
