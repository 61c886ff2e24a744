import { activeCustomer } from '../customers/changeCustomer';
import { KeyturnError, notAllowed } from '../errors';
import type { Stored } from '../ports';
import { unlessChanged } from '../stores/retried';
import { hashOf, matches, saltedCode, secretsOf } from './oneTime';
import { callbackUri } from './openSignIn';
import type { SignedInAdmin } from './ports';
import { MicrosoftRefused } from './refusals/microsoftRefused';
import { refusedSignIn } from './refusals/refusalWords';
import { tenantRefusal } from './refusals/tenantRefusal';
import type { SignIn } from './signIn';
import { refuseSignIn, type SignInDeps } from './signInAttempt';
import { FOREIGN, OTHER_BROWSER } from './signInSentences';

/** What came back from Microsoft through the browser: nothing in it is believed but the values that only we could know. */
export interface ReturnedQuery {
  state?: string;
  code?: string;
  error?: string;
  error_description?: string;
  error_subcode?: string;
}

interface Returned {
  query: ReturnedQuery;
  cookie?: string;
}

/** What the browser is to do next: go to the consent page, or show the code of a finished attempt. */
export type BrowserStep =
  | { outcome: 'consent'; redirectTo: string }
  | { outcome: 'code'; code: string; customerName: string };

/** Where Microsoft sends the browser back after the consent; must be registered on the app. */
const consentUri = (publicUrl: string): string => `${publicUrl}/signin/consent`;

/**
 * The browser is back from the sign-in. The tenant is the one that the validated id_token names. A refusal ends the
 * attempt, is kept for the chat, and is thrown as a KeyturnError; a foreign or used state, or another browser, ends nothing.
 */
export async function finishSignIn(deps: SignInDeps, returned: Returned): Promise<BrowserStep> {
  const { signIn, cookie, state } = await takeLeg(deps, 'started', returned);
  return refusing(deps, signIn, async () => {
    const { verifier, nonce } = secretsOf(cookie, state);
    const code = codeOf(deps, returned.query);
    const admin = await deps.provider.redeem({
      code,
      verifier,
      nonce,
      redirectUri: callbackUri(deps.publicUrl),
    });
    const refusal = await tenantRefusal(deps, signIn.value, admin);
    if (refusal) throw await refuseSignIn(deps, signIn, refusal.sentence, refusal.more);
    return afterSignIn(deps, signIn, adminOf(admin));
  });
}

/** The browser is back from the consent. Whether it was really given is found out by the checks, not read here. */
export async function finishConsent(deps: SignInDeps, returned: Returned): Promise<BrowserStep> {
  const { signIn } = await takeLeg(deps, 'signedIn', returned);
  return refusing(deps, signIn, async () => {
    if (returned.query.error) throw deps.provider.refused(returned.query);
    return showCode(deps, signIn, signIn.value);
  });
}

/** Uses up the state, so that the same answer cannot come twice, and checks that it is this browser's own. */
async function takeLeg(deps: SignInDeps, stage: SignIn['stage'], { query, cookie }: Returned) {
  const { state } = query;
  const found = state && (await deps.signIns.find('stateHash', hashOf(state)));
  if (!found || found.value.stage !== stage || found.value.expiresAt <= deps.clock.now())
    throw notAllowed(FOREIGN);
  if (!cookie || !matches(cookie, found.value.cookieHash)) throw notAllowed(OTHER_BROWSER);
  const { stateHash: _used, ...rest } = found.value;
  const signIn = await unlessChanged(deps.signIns.replace(found, rest));
  if (!signIn) throw notAllowed(FOREIGN);
  return { signIn, cookie, state };
}

async function refusing<T>(deps: SignInDeps, signIn: Stored<SignIn>, work: () => Promise<T>): Promise<T> {
  try {
    const done = await unlessChanged(work());
    if (done === undefined) throw notAllowed(FOREIGN);
    return done;
  } catch (error) {
    if (!(error instanceof MicrosoftRefused)) throw error;
    const { refusal, marks } = error;
    const { customerId } = signIn.value;
    deps.log.warn({ refusal, ...marks, customerId }, 'sign-in refused by Microsoft');
    throw await refuseSignIn(deps, signIn, refusedSignIn(error));
  }
}

function codeOf(deps: SignInDeps, query: ReturnedQuery): string {
  if (query.error || !query.code) throw deps.provider.refused(query);
  return query.code;
}

const adminOf = ({ tenantId, objectId, name, username }: SignedInAdmin) => ({
  tenantId,
  objectId,
  name,
  username,
});

async function afterSignIn(
  deps: SignInDeps,
  signIn: Stored<SignIn>,
  admin: NonNullable<SignIn['admin']>,
): Promise<BrowserStep> {
  const known = { ...signIn.value, admin };
  if (await deps.directory.hasConsent(admin.tenantId)) return showCode(deps, signIn, known);
  const state = deps.random.token(32);
  await deps.signIns.replace(signIn, { ...known, stage: 'signedIn', stateHash: hashOf(state) });
  const redirectUri = consentUri(deps.publicUrl);
  return {
    outcome: 'consent',
    redirectTo: await deps.provider.consentUrl({ tenantId: admin.tenantId, state, redirectUri }),
  };
}

async function showCode(deps: SignInDeps, signIn: Stored<SignIn>, value: SignIn): Promise<BrowserStep> {
  const customer = await customerOf(deps, signIn);
  const code = deps.random.digits(6);
  await deps.signIns.replace(signIn, {
    ...value,
    stage: 'consented',
    codeHash: hashOf(saltedCode(signIn.id, code)),
  });
  return { outcome: 'code', code, customerName: customer.value.name };
}

async function customerOf(deps: SignInDeps, signIn: Stored<SignIn>) {
  try {
    return await activeCustomer(deps.customers, signIn.value.customerId);
  } catch (error) {
    if (error instanceof KeyturnError) throw await refuseSignIn(deps, signIn, error.sentence);
    throw error;
  }
}
