import type { Customer } from '../customers/customer';
import type { SignInFacts } from './signIn/signInFacts';
import type { TenantConnection } from './tenantConnection';

/** How long a technician has to say whether it is the right tenant. */
export const PROPOSAL_MS = 24 * 60 * 60_000;

/**
 * A tenant whose administrator signed in and consented for a customer, and that nobody confirmed yet. It is
 * stored apart from the customer, so code that works with a customer's tenant cannot find it. The document id
 * is the customer's: the newest proposal counts.
 */
export interface TenantProposal {
  /** The id of the sign-in that it came from; the buttons of its card carry it. */
  id: string;
  customerId: string;
  /** The technician who asked for the sign-in: nobody else can confirm it. */
  technician: { id: string; name: string };
  admin: NonNullable<SignInFacts['admin']>;
  /** The connection's consent has the same date: a repeat can tell its own work by it. */
  consentedAt: number;
  /** What the tenant says of itself; absent while we could not read it. */
  described?: Pick<TenantConnection, 'displayName' | 'domains'>;
  /** Says why it seems to be the customer's own tenant; absent when nothing fits. */
  fit?: string;
  /**
   * `confirmed`: the customer is being given the tenant. `connected` and `discarded` are kept until it
   * expires, for repeats.
   */
  state: 'waiting' | 'confirmed' | 'connected' | 'discarded';
  expiresAt: number;
}

/**
 * The doubts about a proposal, one sentence each. Without any the technician still confirms,
 * but types nothing.
 */
export function doubtsOf(customer: Customer, proposal: TenantProposal): string[] {
  const { admin, described, fit } = proposal;
  const before = tenantBefore(customer);
  return [
    !described &&
      'Microsoft does not tell the name and the domains of this tenant yet. Look again in a minute. If it stays so, discard it and have the administrator accept the permissions once more.',
    described &&
      !fit &&
      `Neither the name nor a domain of this tenant looks like ${customer.name}. Is it the right company?`,
    before &&
      before.tenantId !== admin.tenantId &&
      `${customer.name} was connected to another tenant before: ${before.displayName} (${before.tenantId}).`,
  ].filter((doubt) => typeof doubt === 'string');
}

const tenantBefore = ({ office365 }: Customer) =>
  'tenant' in office365 ? office365.tenant : office365.state === 'chosen' ? office365.before : undefined;
