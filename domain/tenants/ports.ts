import type { SyncEvidence } from '../sync/syncMode';
import type { MicrosoftRefused } from './refusals/microsoftRefused';
import type { CheckOutcome, TenantConnection } from './tenantConnection';

/**
 * The person who signed in, from a validated id_token (signature, issuer, audience, nonce, expiry checked).
 */
export interface SignedInAdmin {
  tenantId: string;
  objectId: string;
  name: string;
  username: string;
  /** False when neither `wids` nor the directory-role read shows Global Administrator. */
  isGlobalAdministrator: boolean;
}

/**
 * What came back from Microsoft through the browser: we trust only the values that nobody else could know.
 */
export interface ReturnedQuery {
  state?: string | undefined;
  code?: string | undefined;
  error?: string | undefined;
  error_description?: string | undefined;
  error_subcode?: string | undefined;
}

/** Authorization code + PKCE sign-in and admin consent. Implemented by connectors/graph with msal-node. */
export interface SignInProvider {
  authorizeUrl(request: {
    state: string;
    nonce: string;
    challenge: string;
    redirectUri: string;
  }): Promise<string>;
  /** Throws MicrosoftRefused. */
  redeem(request: {
    code: string;
    verifier: string;
    nonce: string;
    redirectUri: string;
  }): Promise<SignedInAdmin>;
  consentUrl(request: { tenantId: string; state: string; redirectUri: string }): Promise<string>;
  /** Says what the `error` of a redirect means; never trusts the tenant it names. */
  refused(query: Omit<ReturnedQuery, 'state' | 'code'>): MicrosoftRefused;
}

/** `synced` comes from `onPremisesSyncEnabled`: true, false = no longer, null = never or not told. */
export type CloudPasswordState =
  | { found: false }
  | { found: true; synced: boolean | null; lastPasswordChangeAt?: number };

/**
 * What the app itself can read and test in a customer's tenant. Implemented by
 * connectors/graph. Throws MicrosoftRefused.
 */
export interface TenantDirectory {
  /**
   * True when an app-only token for the tenant already carries every needed permission. Never throws for
   * a missing consent.
   */
  hasConsent(tenantId: string): Promise<boolean>;
  describe(tenantId: string): Promise<Pick<TenantConnection, 'displayName' | 'domains'>>;
  /**
   * Runs one check, with its finding and cure. A check that cannot run is `failed` with its reason;
   * nothing is thrown.
   */
  check(tenantId: string, check: CheckOutcome['check']): Promise<CheckOutcome>;
  /** Reads the evidence defensively: it leaves out what it cannot read. */
  syncEvidence(tenantId: string): Promise<SyncEvidence>;
  /**
   * When the tenant had its last password sync; undefined when Microsoft does not tell, or cannot be read.
   */
  lastPasswordSyncAt(tenantId: string): Promise<number | undefined>;
  /**
   * How Microsoft 365 sees the account that matches this one of Active Directory: by immutable id, else by
   * user principal name. Reads it each time, since the synced data can change.
   */
  passwordState(
    tenantId: string,
    account: { immutableId: string; userPrincipalName?: string; objectSid?: string },
  ): Promise<CloudPasswordState>;
  /** Forgets the cached token, so that the next call shows today's permissions. */
  forget(tenantId: string): void;
}
