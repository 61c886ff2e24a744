import { hashOf, secretsOf } from '../../links/oneTime';
import { bindBrowser } from '../../links/openLink';
import { type OwnerDeps, openForOwner } from '../../links/useLink';
import type { SignInDeps } from './refuseSignIn';
import { signInLink } from './signInLink';

/** Microsoft sends the browser back here after the sign-in; the app must have it registered. */
export const callbackUri = (publicUrl: string): string => `${publicUrl}/signin/callback`;

/**
 * The first browser that goes on from the link's page gets `cookie`, and only that browser can go on. If it
 * opens the link again, the sign-in starts over. Throws as `openForOwner` and `bindBrowser`.
 */
export async function openSignIn(
  deps: SignInDeps & OwnerDeps,
  request: { handle: string; cookie?: string },
): Promise<{ cookie: string; redirectTo: string }> {
  const { link: signIn } = await openForOwner(deps, signInLink, request.handle);
  const { admin: _before, ...facts } = signIn.value.facts;
  const state = deps.random.token(32);
  const more = { facts, stateHash: hashOf(state) };
  const cookie = await bindBrowser(deps, signInLink, signIn, request.cookie, more);
  const { verifier, nonce } = secretsOf(cookie, state);
  const redirectUri = callbackUri(deps.publicUrl);
  const challenge = hashOf(verifier);
  return { cookie, redirectTo: await deps.provider.authorizeUrl({ state, nonce, challenge, redirectUri }) };
}
