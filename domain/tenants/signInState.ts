import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import { endEach } from './oneTime';
import type { SignIn } from './signIn';
import { attemptsOf, endSignIn, isOpen, type SignInDeps } from './signInAttempt';
import { CANCELLED, NONE_OPEN, TAKEN } from './signInSentences';

/** Where a technician's sign-in stands, for the chat. */
export type SignInProgress =
  | { stage: 'none'; sentence: string }
  /** The browser is not finished. */
  | { stage: 'waiting' }
  /** The page shows the code, which is to come back here. */
  | { stage: 'code' }
  | { stage: 'verified' }
  | { stage: 'ended'; sentence: string; ownTenant: boolean };

type Reading = Pick<SignInDeps, 'signIns' | 'customers'>;

/** The newest attempt of this person in this conversation, and why it ended if it ended in the browser. */
export async function signInState(
  deps: Reading,
  actor: Actor,
  conversationKey: string,
): Promise<SignInProgress> {
  const [signIn] = await attemptsOf(deps, actor, conversationKey);
  if (!signIn) return { stage: 'none', sentence: NONE_OPEN };
  const { stage, ownTenantRefused = false } = signIn.value;
  if (stage === 'ended')
    return { stage, sentence: await whyEnded(deps, actor, signIn), ownTenant: ownTenantRefused };
  if (stage === 'verified') return { stage };
  return { stage: stage === 'consented' ? 'code' : 'waiting' };
}

/** Ends this person's open attempts in this conversation: the pop-up was closed, or they left. */
export async function cancelSignIn(
  deps: Pick<SignInDeps, 'signIns'>,
  actor: Actor,
  conversationKey: string,
): Promise<void> {
  await endOpen(deps, actor, conversationKey, CANCELLED);
}

/** Ends all open attempts of this person in this conversation for one reason; one that changes meanwhile is read again. */
export async function endOpen(
  deps: Pick<SignInDeps, 'signIns'>,
  actor: Actor,
  conversationKey: string,
  reason: string,
): Promise<void> {
  const nextOpen = async () => (await attemptsOf(deps, actor, conversationKey)).find(isOpen);
  await endEach(nextOpen, (open) => endSignIn(deps, open, reason));
}

/** Why it ended; another customer is named only to somebody who may see it. */
export async function whyEnded(deps: Reading, actor: Actor, signIn: Stored<SignIn>): Promise<string> {
  const { failure = NONE_OPEN, takenBy } = signIn.value;
  if (!takenBy || !actor.permissions.has('customers.read')) return failure;
  const owner = await deps.customers.get(takenBy);
  return owner?.value.status === 'active' ? takenBySentence(owner.value.name) : TAKEN;
}

const takenBySentence = (name: string): string =>
  `This tenant is already connected to the customer ${name}. Check which account was used, or disconnect it there first, then start again.`;
