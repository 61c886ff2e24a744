/** The checks that must be green before we say 'connected', in the order in which we run and show them. */
export const CHECKS = ['token', 'organization', 'permissions', 'directoryRole', 'users'] as const;
export type CheckId = (typeof CHECKS)[number];

export interface CheckOutcome {
  check: CheckId;
  state: 'passed' | 'warned' | 'failed' | 'notRun';
  /** What the check found, in words that a technician understands. */
  finding: string;
  /** What to do about it, when the check did not pass. */
  cure?: string;
  /** What an administrator of the tenant can run to do it, in PowerShell. */
  script?: string;
  /** Microsoft says that our consent or service principal is not in the tenant. */
  consentLost?: true;
  /** Microsoft did not answer: that says nothing about the connection. */
  unavailable?: true;
}

/**
 * A customer's Office 365 tenant, as its administrator's sign-in and our own checks prove it. Holds no token.
 */
export interface TenantConnection {
  tenantId: string;
  displayName: string;
  domains: string[];
  consentedBy: { objectId: string; name: string; username: string };
  consentedAt: number;
  checks: CheckOutcome[];
  checkedAt?: number;
  /** Set when Microsoft says that our consent or service principal is gone. */
  consentLostAt?: number;
}
