import { activeCustomer } from '../../customers/changeCustomer';
import { KeyturnError, notAllowed } from '../../errors';
import { newCode } from '../../links/code';
import { hashOf, secretsOf } from '../../links/oneTime';
import { ownCookie, withFacts } from '../../links/openLink';
import type { Stored } from '../../ports';
import { unlessChanged } from '../../stores/retried';
import type { ReturnedQuery } from '../ports';
import { MicrosoftRefused } from '../refusals/microsoftRefused';
import { refusedSignIn } from '../refusals/refusalWords';
import { tenantRefusal } from '../refusals/tenantRefusal';
import { callbackUri } from './openSignIn';
import { refuseSignIn, type SignInDeps } from './refuseSignIn';
import type { SignIn, SignInFacts } from './signInFacts';
import { signInLink } from './signInLink';
import { FOREIGN } from './signInSentences';

interface Returned {
  query: ReturnedQuery;
  cookie?: string;
}

/** What the browser does next: it goes to the consent page, or shows the code of a finished attempt. */
export type BrowserStep =
  | { outcome: 'consent'; redirectTo: string }
  | { outcome: 'code'; code: string; customerName: string; expiresAt: number };

/** Microsoft sends the browser back here after the consent; the app must have it registered. */
const consentUri = (publicUrl: string): string => `${publicUrl}/signin/consent`;

/**
 * The browser is back from the sign-in. The validated id_token names the tenant. A refusal ends the
 * attempt, is kept for the chat, and is thrown as a KeyturnError; a foreign or used state, or another
 * browser, ends nothing.
 */
export async function finishSignIn(deps: SignInDeps, returned: Returned): Promise<BrowserStep> {
  const { signIn, cookie, state } = await takeLeg(deps, 'signIn', returned);
  return refusing(deps, signIn, async () => {
    const code = codeOf(deps, returned.query);
    const redirectUri = callbackUri(deps.publicUrl);
    const admin = await deps.provider.redeem({ code, ...secretsOf(cookie, state), redirectUri });
    const refusal = await tenantRefusal(deps, signIn.value.facts, admin);
    if (refusal) throw await refuseSignIn(deps, signIn, refusal.sentence, refusal.more);
    const { tenantId, objectId, name, username } = admin;
    return afterSignIn(deps, signIn, { tenantId, objectId, name, username });
  });
}

/**
 * The browser is back from the consent. The checks find out whether it was really given; the query does
 * not prove it.
 */
export async function finishConsent(deps: SignInDeps, returned: Returned): Promise<BrowserStep> {
  const { signIn } = await takeLeg(deps, 'consent', returned);
  return refusing(deps, signIn, async () => {
    if (returned.query.error) throw deps.provider.refused(returned.query);
    return showCode(deps, signIn, signIn.value.facts);
  });
}

/** Uses up the state, so that the same answer works only once, and checks that it belongs to this browser. */
async function takeLeg(deps: SignInDeps, leg: 'signIn' | 'consent', { query, cookie: given }: Returned) {
  const { state } = query;
  const found = state && (await deps.stores.oneTimeLinks.find('stateHash', hashOf(state)));
  if (!found || found.value.kind !== signInLink.kind || found.value.stage !== 'opened')
    throw notAllowed(FOREIGN);
  const { id, version, value } = withFacts(signInLink, found);
  if (legOf(value.facts) !== leg || value.expiresAt <= deps.clock.now()) throw notAllowed(FOREIGN);
  const cookie = ownCookie(signInLink, found, given);
  const { stateHash: _used, ...rest } = value;
  const taken = await unlessChanged(deps.stores.oneTimeLinks.replace({ id, version, value }, rest));
  if (!taken) throw notAllowed(FOREIGN);
  return { signIn: { ...taken, value: rest }, cookie, state };
}

/** The consent follows once we know who signed in. */
const legOf = ({ admin }: SignInFacts): 'signIn' | 'consent' => (admin ? 'consent' : 'signIn');

async function refusing<T>(deps: SignInDeps, signIn: Stored<SignIn>, work: () => Promise<T>): Promise<T> {
  try {
    const done = await unlessChanged(work());
    if (done === undefined) throw notAllowed(FOREIGN);
    return done;
  } catch (error) {
    if (!(error instanceof MicrosoftRefused)) throw error;
    const { refusal, marks } = error;
    const { customerId } = signIn.value.facts;
    deps.log.warn({ refusal, ...marks, customerId }, 'sign-in refused by Microsoft');
    throw await refuseSignIn(deps, signIn, refusedSignIn(error), { marks });
  }
}

function codeOf(deps: SignInDeps, query: ReturnedQuery): string {
  if (query.error || !query.code) throw deps.provider.refused(query);
  return query.code;
}

async function afterSignIn(
  deps: SignInDeps,
  signIn: Stored<SignIn>,
  admin: NonNullable<SignInFacts['admin']>,
): Promise<BrowserStep> {
  const known = { ...signIn.value.facts, admin };
  if (await deps.directory.hasConsent(admin.tenantId)) return showCode(deps, signIn, known);
  const state = deps.random.token(32);
  await deps.stores.oneTimeLinks.replace(signIn, { ...signIn.value, facts: known, stateHash: hashOf(state) });
  const redirectUri = consentUri(deps.publicUrl);
  return {
    outcome: 'consent',
    redirectTo: await deps.provider.consentUrl({ tenantId: admin.tenantId, state, redirectUri }),
  };
}

async function showCode(deps: SignInDeps, signIn: Stored<SignIn>, facts: SignInFacts): Promise<BrowserStep> {
  const customer = await customerOf(deps, signIn);
  const code = await newCode(deps, signIn, { facts });
  const { expiresAt } = signIn.value;
  return { outcome: 'code', code, customerName: customer.value.name, expiresAt };
}

async function customerOf(deps: SignInDeps, signIn: Stored<SignIn>) {
  try {
    return await activeCustomer(deps.stores.customers, signIn.value.facts.customerId);
  } catch (error) {
    if (error instanceof KeyturnError) throw await refuseSignIn(deps, signIn, error.sentence);
    throw error;
  }
}
