import type { Customer } from '../customers/customer';
import { type EnteredCode, type NotVerified, verifyCode } from '../links/code';
import { endLink } from '../links/endLink';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import type { ProposalDeps } from './proposalDeps';
import { proposeTenant } from './proposeTenant';
import type { SignIn } from './signIn/signInFacts';
import { signInLink } from './signIn/signInLink';
import { whyEnded } from './signIn/signInState';
import type { TenantProposal } from './tenantProposal';

export type VerifyDeps = ProposalDeps & Needs<'oneTimeLinks'>;

export type Verified =
  /** The customer had this very tenant before. */
  | { outcome: 'connecting'; customer: Stored<Customer> }
  /** The proposal counts once the technician confirms it. */
  | { outcome: 'proposed'; proposal: TenantProposal }
  | NotVerified;

/**
 * A right code shows the technician the tenant, to be confirmed; the code of another customer's sign-in does
 * not count here. Throws as `verifyCode`.
 */
export const verifySignIn = (
  deps: VerifyDeps,
  actor: Actor,
  request: EnteredCode & { customerId: string },
): Promise<Verified> =>
  verifyCode(deps, signInLink, actor, request, {
    right: (signIn) => proposed(deps, actor, signIn),
    fits: ({ customerId }) => customerId === request.customerId,
    whyEnded: ({ value }) => whyEnded(deps, actor, value),
  });

async function proposed(deps: VerifyDeps, actor: Actor, signIn: Stored<SignIn>): Promise<Verified> {
  const result = await proposeTenant(deps, actor, signIn);
  if ('customer' in result) return { outcome: 'connecting', customer: result.customer };
  if ('proposal' in result) return { outcome: 'proposed', proposal: result.proposal };
  const facts = { ...signIn.value.facts, ...result.more };
  await endLink(deps, signIn, result.sentence, facts);
  return { outcome: 'ended', sentence: await whyEnded(deps, actor, { failure: result.sentence, facts }) };
}
