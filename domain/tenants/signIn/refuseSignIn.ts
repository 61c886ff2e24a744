import { type AuditDeps, auditRefusal } from '../../audit/recordAudit';
import { type KeyturnError, notAllowed } from '../../errors';
import { endLink } from '../../links/endLink';
import type { Actor } from '../../people/person';
import type { Stored } from '../../ports';
import type { Needs } from '../../stores/core';
import { unlessChanged } from '../../stores/retried';
import type { SignInProvider, TenantDirectory } from '../ports';
import { SignInRefused } from '../refusals/microsoftRefused';
import { noted } from '../refusals/refusalWords';
import type { RefusalTraits, SignIn } from './signInFacts';

export type SignInDeps = AuditDeps &
  Needs<'oneTimeLinks' | 'customers', 'random' | 'log'> & {
    provider: SignInProvider;
    directory: TenantDirectory;
    /** Where browsers reach us, without a slash at the end: the only source of redirect targets. */
    publicUrl: string;
    /** The MSP's own tenant. */
    ownTenantId: string;
  };

/**
 * Ends an attempt that was refused in the browser, in the technician's name in the audit trail; returns the
 * error to throw. An attempt that the chat ended or replaced meanwhile stays as it is.
 */
export async function refuseSignIn(
  deps: SignInDeps,
  signIn: Stored<SignIn>,
  failure: string,
  more: RefusalTraits = {},
): Promise<KeyturnError> {
  const { person, conversationId, facts } = signIn.value;
  const ended = await unlessChanged(endLink(deps, signIn, failure, { ...facts, ...more }));
  const { marks } = more;
  const error = marks ? new SignInRefused(failure, marks) : notAllowed(failure);
  if (!ended) return error;
  const { customerId } = facts;
  const actor: Actor = { ...person, conversationId, permissions: new Set() };
  const target = (await deps.stores.customers.get(customerId))?.value.name ?? customerId;
  await auditRefusal(deps, actor, signIn.id, {
    target,
    customerId,
    reason: `${failure}${noted(marks ?? {})}`,
  });
  return error;
}
