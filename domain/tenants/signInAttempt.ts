import type { AuditDeps } from '../audit/recordAudit';
import { auditRefusal } from '../audit/recordAudit';
import { type KeyturnError, notAllowed } from '../errors';
import type { Actor } from '../people/person';
import type { Log, Random, Stored } from '../ports';
import { unlessChanged } from '../stores/retried';
import type { Stores } from '../stores/stores';
import type { SignInProvider, TenantDirectory } from './ports';
import type { RefusalTraits, SignIn } from './signIn';

export interface SignInDeps extends AuditDeps, Pick<Stores, 'signIns' | 'customers'> {
  random: Random;
  log: Log;
  provider: SignInProvider;
  directory: TenantDirectory;
  /** Where browsers reach us, without a slash at the end: the only source of redirect targets. */
  publicUrl: string;
  /** The MSP's own tenant. */
  ownTenantId: string;
}

/** How long one attempt may take, from the button to the code. */
export const SIGN_IN_MS = 10 * 60 * 1000;

const DONE: readonly SignIn['stage'][] = ['verified', 'ended'];
export const isOpen = ({ value }: Stored<SignIn>): boolean => !DONE.includes(value.stage);

/** The attempts of this person in this conversation, the one that counts first: an open one, however the clocks of instances differ. */
export async function attemptsOf(
  deps: Pick<SignInDeps, 'signIns'>,
  actor: Actor,
  conversationKey: string,
): Promise<Stored<SignIn>[]> {
  const { items } = await deps.signIns.list({ where: { conversationKey }, limit: 100 });
  return items
    .filter(({ value }) => value.technician.id === actor.id)
    .sort((a, b) => Number(isOpen(b)) - Number(isOpen(a)) || b.value.createdAt - a.value.createdAt);
}

/** Ends an attempt, so that nothing it handed out works any more. To be tried again when somebody changed it in between. */
export async function endSignIn(
  deps: Pick<SignInDeps, 'signIns'>,
  signIn: Stored<SignIn>,
  failure: string,
  more: RefusalTraits = {},
): Promise<Stored<SignIn>> {
  const { cookieHash: _cookie, stateHash: _state, codeHash: _code, ...rest } = signIn.value;
  return deps.signIns.replace(signIn, { ...rest, ...more, stage: 'ended', failure });
}

/**
 * Ends an attempt that was refused in the browser, in the technician's name in the audit trail; what to throw. One that
 * the chat ended or replaced in the meantime stays as it is.
 */
export async function refuseSignIn(
  deps: SignInDeps,
  signIn: Stored<SignIn>,
  failure: string,
  more: RefusalTraits = {},
): Promise<KeyturnError> {
  if (!(await unlessChanged(endSignIn(deps, signIn, failure, more)))) return notAllowed(failure);
  const { technician, conversationId, customerId } = signIn.value;
  const actor: Actor = { ...technician, conversationId, permissions: new Set() };
  const target = (await deps.customers.get(customerId))?.value.name ?? customerId;
  await auditRefusal(deps, actor, signIn.id, { target, customerId, reason: failure });
  return notAllowed(failure);
}
