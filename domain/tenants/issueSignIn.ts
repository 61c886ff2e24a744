import { audited } from '../audit/recordAudit';
import { activeCustomer } from '../customers/changeCustomer';
import { tryLater } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import { hashOf } from './oneTime';
import { SIGN_IN_MS, type SignInDeps } from './signInAttempt';
import { NEWER, TOO_MANY_LINKS } from './signInSentences';
import { endOpen } from './signInState';

interface IssueRequest {
  customerId: string;
  conversationKey: string;
  /** Deliberately connecting the MSP's own tenant. */
  ownTenantMeant: boolean;
}

/** In ten minutes, by one person: bounds how many codes can be guessed, whatever the number of links. */
const MOST_LINKS = 15;

/** Throws notAllowed, and tryLater for somebody who asked for too many links in the last minutes. */
export async function permitSignIn(deps: Pick<SignInDeps, 'signIns'>, actor: Actor): Promise<void> {
  permit(actor, 'tenants.connect');
  const issued = await deps.signIns.count({ where: { technicianId: actor.id } });
  if (issued >= MOST_LINKS) throw tryLater(TOO_MANY_LINKS);
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
  await permitSignIn(deps, actor);
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
