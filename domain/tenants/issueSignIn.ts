import { audited } from '../audit/recordAudit';
import { activeCustomer } from '../customers/changeCustomer';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import { hashOf } from './oneTime';
import { SIGN_IN_MS, type SignInDeps } from './signInAttempt';
import { NEWER } from './signInSentences';
import { endOpen } from './signInState';

interface IssueRequest {
  customerId: string;
  conversationKey: string;
  /** Deliberately connecting the MSP's own tenant. */
  ownTenantMeant: boolean;
}

/**
 * Opens an attempt of this technician, in this conversation, to connect this customer; earlier ones of theirs there
 * end. The handle belongs into the link of the sign-in button and nowhere else: it is not stored.
 */
export async function issueSignIn(
  deps: Pick<SignInDeps, 'signIns' | 'customers' | 'audit' | 'clock' | 'random'>,
  actor: Actor,
  request: IssueRequest,
): Promise<{ handle: string }> {
  permit(actor, 'tenants.connect');
  const customer = await activeCustomer(deps.customers, request.customerId);
  await endOpen(deps, actor, request.conversationKey, NEWER);
  const handle = deps.random.token(32);
  const id = hashOf(handle);
  const entry = { action: 'tenant.signIn', target: customer.value.name, customerId: customer.id } as const;
  return audited(deps, actor, id, { ...entry, after: 'sign-in link issued' }, async () => {
    const now = deps.clock.now();
    await deps.signIns.insert(id, {
      ...request,
      technician: { id: actor.id, name: actor.name },
      conversationId: actor.conversationId,
      stage: 'issued',
      wrongCodes: 0,
      createdAt: now,
      expiresAt: now + SIGN_IN_MS,
    });
    return { result: { handle } };
  });
}
