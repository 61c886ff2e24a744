import { type LinkProgress, linkState } from '../../links/code';
import type { Actor } from '../../people/person';
import type { Needs } from '../../stores/core';
import type { RefusalMarks } from '../refusals/microsoftRefused';
import type { SignInFacts } from './signInFacts';
import { signInLink } from './signInLink';
import { TAKEN } from './signInSentences';

/** How far a technician's sign-in is, for the chat. */
export type SignInProgress =
  | Exclude<LinkProgress<SignInFacts>, { stage: 'ended' }>
  | { stage: 'ended'; id: string; sentence: string; ownTenant: boolean; marks?: RefusalMarks };

/** The newest attempt of this person in this conversation, and why it ended if it ended in the browser. */
export async function signInState(
  deps: Needs<'oneTimeLinks' | 'customers'>,
  actor: Actor,
  conversationKey: string,
): Promise<SignInProgress> {
  const state = await linkState(deps, signInLink, actor, conversationKey);
  if (state.stage !== 'ended') return state;
  const { id, facts, sentence: failure } = state;
  const sentence = await whyEnded(deps, actor, { failure, facts });
  const { marks, ownTenantRefused: ownTenant = false } = facts;
  return { stage: 'ended', id, sentence, ownTenant, ...(marks && { marks }) };
}

/** Says why it ended; names another customer only to a person who may see it. */
export async function whyEnded(
  deps: Needs<'customers'>,
  actor: Actor,
  { failure = signInLink.code.noneOpen, facts: { takenBy } }: { failure?: string; facts: SignInFacts },
): Promise<string> {
  if (!takenBy || !actor.permissions.has('customers.read')) return failure;
  const owner = await deps.stores.customers.get(takenBy);
  return owner?.value.status === 'active' ? takenBySentence(owner.value.name) : TAKEN;
}

const takenBySentence = (name: string): string =>
  `This tenant is already connected to the customer ${name}. Check which account was used, or disconnect it there first, then start again.`;
