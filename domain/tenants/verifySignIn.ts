import type { Customer } from '../customers/customer';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import { retried } from '../stores/retried';
import { matches, saltedCode } from './oneTime';
import type { ProposalDeps } from './proposalDeps';
import { proposeTenant } from './proposeTenant';
import type { SignIn } from './signIn';
import { attemptsOf, endSignIn, type SignInDeps } from './signInAttempt';
import { CODE_USED, NO_CODE_YET, NONE_OPEN, TOO_MANY_CODES } from './signInSentences';
import { whyEnded } from './signInState';
import type { TenantProposal } from './tenantProposal';

export type VerifyDeps = Pick<SignInDeps, 'signIns'> & ProposalDeps;

export type Verified =
  /** The customer had this very tenant before. */
  | { outcome: 'connecting'; customer: Stored<Customer> }
  /** It counts once it was confirmed. */
  | { outcome: 'proposed'; proposal: TenantProposal }
  | { outcome: 'wrong'; left: number }
  | { outcome: 'ended'; sentence: string }
  | { outcome: 'notYet'; sentence: string };

interface VerifyRequest {
  conversationKey: string;
  /** Whom the code is given for: the code of a sign-in for another customer is none here. */
  customerId: string;
  /** From signin/verifyState, or typed: spaces in it do not count. */
  code: string;
  /** The same when the same step is repeated; a repeat finds what the first try did. */
  requestId: string;
}

const WRONG_CODES = 5;

/**
 * The code proves that who signed in and who chats are together in this: it works once, only for the
 * technician, the conversation and the customer that the link was issued for. A right one puts the tenant
 * before the technician, to be confirmed. Throws notAllowed, and conflict when the attempt keeps changing.
 */
export async function verifySignIn(
  deps: VerifyDeps,
  actor: Actor,
  request: VerifyRequest,
): Promise<Verified> {
  permit(actor, 'tenants.connect');
  return retried(() => verifyOnce(deps, actor, request), {
    busy: 'This sign-in is being used from somewhere else at this moment. Try the code again.',
  });
}

async function verifyOnce(deps: VerifyDeps, actor: Actor, request: VerifyRequest): Promise<Verified> {
  const [signIn] = await attemptsOf(deps, actor, request.conversationKey);
  if (signIn?.value.customerId !== request.customerId || signIn.value.expiresAt <= deps.clock.now())
    return { outcome: 'ended', sentence: NONE_OPEN };
  const { stage, verifiedByRequest } = signIn.value;
  if (stage === 'ended') return { outcome: 'ended', sentence: await whyEnded(deps, actor, signIn) };
  if (stage !== 'consented' && stage !== 'verified') return { outcome: 'notYet', sentence: NO_CODE_YET };
  const right = matches(saltedCode(signIn.id, request.code.replace(/\s/g, '')), signIn.value.codeHash);
  if (stage === 'verified') {
    if (right && verifiedByRequest === request.requestId) return proposed(deps, actor, signIn);
    return { outcome: 'ended', sentence: CODE_USED };
  }
  if (!right) return countWrong(deps, signIn);
  const used = { ...signIn.value, stage: 'verified', verifiedByRequest: request.requestId } as const;
  return proposed(deps, actor, await deps.signIns.replace(signIn, used));
}

async function countWrong(deps: VerifyDeps, signIn: Stored<SignIn>): Promise<Verified> {
  const wrongCodes = signIn.value.wrongCodes + 1;
  const counted = { ...signIn.value, wrongCodes };
  if (wrongCodes < WRONG_CODES) {
    await deps.signIns.replace(signIn, counted);
    return { outcome: 'wrong', left: WRONG_CODES - wrongCodes };
  }
  await endSignIn(deps, { ...signIn, value: counted }, TOO_MANY_CODES);
  return { outcome: 'ended', sentence: TOO_MANY_CODES };
}

async function proposed(deps: VerifyDeps, actor: Actor, signIn: Stored<SignIn>): Promise<Verified> {
  const result = await proposeTenant(deps, actor, signIn);
  if ('customer' in result) return { outcome: 'connecting', customer: result.customer };
  if ('proposal' in result) return { outcome: 'proposed', proposal: result.proposal };
  const ended = await endSignIn(deps, signIn, result.sentence, result.more);
  return { outcome: 'ended', sentence: await whyEnded(deps, actor, ended) };
}
