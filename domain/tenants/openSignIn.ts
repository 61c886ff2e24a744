import { notAllowed, notFound } from '../errors';
import type { Stored } from '../ports';
import { hashOf, matches, noteOpened, secretsOf } from './oneTime';
import type { SignIn } from './signIn';
import type { SignInDeps } from './signInAttempt';
import { FINISHED, NOT_OPEN, OTHER_BROWSER } from './signInSentences';

/** Where Microsoft sends the browser back after the sign-in; must be registered on the app. */
export const callbackUri = (publicUrl: string): string => `${publicUrl}/signin/callback`;

/**
 * Looks whether a link can be opened, and changes nothing: mail scanners and previews look, too. Throws
 * notFound for an unknown, ended or expired link, notAllowed for a finished one.
 */
export async function peekSignIn(
  deps: Pick<SignInDeps, 'signIns' | 'clock'>,
  handle: string,
): Promise<Stored<SignIn>> {
  const signIn = await deps.signIns.get(hashOf(handle));
  if (!signIn || signIn.value.expiresAt <= deps.clock.now()) throw notFound(NOT_OPEN);
  const { stage, failure } = signIn.value;
  if (stage === 'ended') throw notFound(failure ?? NOT_OPEN);
  if (stage === 'consented' || stage === 'verified') throw notAllowed(FINISHED);
  return signIn;
}

/**
 * The first browser that goes on from the link's page is the only one that can go on with it: it is given
 * `cookie`. Opened again there, the sign-in starts over. Throws as `peekSignIn`, and notAllowed for another
 * browser.
 */
export async function openSignIn(
  deps: SignInDeps,
  request: { handle: string; cookie?: string },
): Promise<{ cookie: string; redirectTo: string }> {
  const signIn = await peekSignIn(deps, request.handle);
  const cookie = boundCookie(deps, signIn, request.cookie);
  return { cookie, redirectTo: await startLeg(deps, signIn, cookie) };
}

function boundCookie(deps: SignInDeps, signIn: Stored<SignIn>, cookie: string | undefined): string {
  if (signIn.value.stage === 'issued') return deps.random.token(32);
  if (!cookie || !matches(cookie, signIn.value.cookieHash)) throw notAllowed(OTHER_BROWSER);
  return cookie;
}

async function startLeg(deps: SignInDeps, signIn: Stored<SignIn>, cookie: string): Promise<string> {
  const state = deps.random.token(32);
  const { verifier, nonce } = secretsOf(cookie, state);
  const hashes = { cookieHash: hashOf(cookie), stateHash: hashOf(state) };
  await noteOpened(deps.signIns.replace(signIn, { ...signIn.value, stage: 'started', ...hashes }));
  const redirectUri = callbackUri(deps.publicUrl);
  return deps.provider.authorizeUrl({ state, nonce, challenge: hashOf(verifier), redirectUri });
}
