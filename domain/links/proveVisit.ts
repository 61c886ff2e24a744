import { type AuditDeps, auditRefusal } from '../audit/recordAudit';
import { notAllowed } from '../errors';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { insertOnce } from '../stores/insertOnce';
import { unlessChanged } from '../stores/retried';
import type { ReturnedQuery } from '../tenants/ports';
import { MicrosoftRefused, SignInRefused } from '../tenants/refusals/microsoftRefused';
import { refusedStaff } from '../tenants/refusals/refusalWords';
import { hashOf, matches, secretsOf } from './oneTime';
import type { OneTimeLink } from './oneTimeLink';
import { OTHER_BROWSER } from './openLink';
import type { StaffSignIn } from './ports';
import type { Visit } from './visit';

export type VisitDeps = AuditDeps &
  Needs<'visits', 'random' | 'log'> & {
    staff: StaffSignIn;
    /** Where browsers reach us, without a slash at the end. */
    publicUrl: string;
    /** The MSP's own tenant: people of other tenants may not enter. */
    ownTenantId: string;
  };

const FOREIGN =
  'This answer does not belong to a link that is open here: it was used already, is too old, or comes from somewhere else. Open the link in the chat again.';

/**
 * True when this browser may see what the link leads to. Changes nothing. Throws notAllowed when another
 * browser went on from it.
 */
export async function isProved(
  deps: Needs<'visits', 'clock'>,
  handle: string,
  cookie: string | undefined,
): Promise<boolean> {
  const visit = await deps.stores.visits.get(hashOf(handle));
  if (!visit || visit.value.expiresAt <= deps.clock.now()) return false;
  if (!matches(cookie, visit.value.cookieHash)) throw notAllowed(OTHER_BROWSER);
  return visit.value.stage === 'proved';
}

/**
 * Binds the link to this browser and sends it to the MSP's sign-in; the same browser may start over. Throws
 * notAllowed for another browser.
 */
export async function beginVisit(
  deps: VisitDeps,
  link: Stored<Pick<OneTimeLink, 'kind' | 'person' | 'conversationId' | 'expiresAt'>>,
  given: string | undefined,
): Promise<{ cookie: string; redirectTo: string }> {
  const { id, value } = link;
  const known = await deps.stores.visits.get(id);
  const cookie = known && given ? given : deps.random.token(32);
  if (known && !matches(cookie, known.value.cookieHash)) throw notAllowed(OTHER_BROWSER);
  const state = deps.random.token(32);
  const { verifier, nonce } = secretsOf(cookie, state);
  const { kind, person, conversationId, expiresAt } = value;
  const visit: Visit = {
    ...{ kind, person, conversationId, expiresAt },
    stage: 'bound',
    cookieHash: hashOf(cookie),
    stateHash: hashOf(state),
  };
  const bound = await (known
    ? unlessChanged(deps.stores.visits.replace(known, visit))
    : insertOnce(deps.stores.visits, id, visit));
  if (!bound) throw notAllowed(OTHER_BROWSER);
  const redirectUri = staffCallback(deps.publicUrl);
  return {
    cookie,
    redirectTo: await deps.staff.authorizeUrl({ state, nonce, challenge: hashOf(verifier), redirectUri }),
  };
}

/** The address is the same as for a customer's administrator, so the app registers only one. */
const staffCallback = (publicUrl: string): string => `${publicUrl}/signin/callback`;

/** Finds the visit to which an answer from Microsoft belongs; undefined when no link of ours matches. */
export const returningVisit = async (
  deps: Needs<'visits'>,
  { state }: ReturnedQuery,
): Promise<Stored<Visit> | undefined> =>
  state ? deps.stores.visits.find('stateHash', hashOf(state)) : undefined;

/**
 * The browser is back from the sign-in. Only the very person for whom the link was made may go on,
 * in the MSP's tenant; the browser then gets a new cookie, which opens the page. Throws notAllowed
 * for everything else.
 */
export async function proveVisit(
  deps: VisitDeps,
  found: Stored<Visit>,
  { state = '', ...query }: ReturnedQuery,
  cookie: string | undefined,
): Promise<string> {
  if (found.value.expiresAt <= deps.clock.now()) throw notAllowed(FOREIGN);
  if (!cookie || !matches(cookie, found.value.cookieHash)) throw notAllowed(OTHER_BROWSER);
  const { stateHash: _used, ...bound } = found.value;
  const taken = await written(deps, found, bound);
  const who = await signedIn(deps, query, secretsOf(cookie, state));
  const { person } = found.value;
  if (
    who.tenantId.toLowerCase() !== deps.ownTenantId.toLowerCase() ||
    who.objectId.toLowerCase() !== person.id
  )
    throw await refused(deps, taken, who.username);
  const proof = deps.random.token(32);
  await written(deps, taken, { ...bound, stage: 'proved', cookieHash: hashOf(proof) });
  return proof;
}

async function signedIn(
  { staff, publicUrl, log }: VisitDeps,
  query: Omit<ReturnedQuery, 'state'>,
  secrets: { verifier: string; nonce: string },
) {
  try {
    if (query.error || !query.code) throw staff.refused(query);
    return await staff.redeem({ code: query.code, ...secrets, redirectUri: staffCallback(publicUrl) });
  } catch (error) {
    if (!(error instanceof MicrosoftRefused)) throw error;
    log.warn({ refusal: error.refusal, ...error.marks }, 'a sign-in of our own people was refused');
    throw new SignInRefused(refusedStaff(error), error.marks);
  }
}

async function refused(deps: VisitDeps, { id, value }: Stored<Visit>, username: string) {
  const sentence = `This link was made for ${value.person.name}, and ${username || 'somebody else'} signed in. Open the link again and sign in as ${value.person.name}.`;
  const actor: Actor = { ...value.person, conversationId: value.conversationId, permissions: new Set() };
  const entry = {
    target: value.person.name,
    reason: `${username || 'somebody else'} opened a link of theirs`,
  };
  await auditRefusal(deps, actor, `${id}:${hashOf(username)}`, entry);
  return notAllowed(sentence);
}

async function written(deps: VisitDeps, found: Stored<Visit>, value: Visit): Promise<Stored<Visit>> {
  const visit = await unlessChanged(deps.stores.visits.replace(found, value));
  if (!visit) throw notAllowed(FOREIGN);
  return visit;
}
