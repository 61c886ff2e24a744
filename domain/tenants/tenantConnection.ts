/** The checks that must be green before 'connected' is said, in the order they are run and shown. */
export const CHECKS = ['token', 'organization', 'permissions', 'directoryRole', 'users'] as const;
export type CheckId = (typeof CHECKS)[number];

export interface CheckOutcome {
  check: CheckId;
  state: 'passed' | 'warned' | 'failed' | 'notRun';
  /** What was found, in words a technician understands. */
  finding: string;
  /** What to do about it, when it did not pass. */
  cure?: string;
  /** Microsoft says that our consent or service principal is not in the tenant. */
  consentLost?: true;
  /** Microsoft did not answer: that says nothing about the connection. */
  unavailable?: true;
}

/** A customer's Office 365 tenant, as proved by its administrator's sign-in and by our own checks. Holds no token. */
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
