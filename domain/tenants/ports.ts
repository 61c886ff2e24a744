import type { SyncEvidence } from '../sync/syncMode';
import type { CheckOutcome, TenantConnection } from './tenantConnection';

/** Who signed in, from a validated id_token (signature, issuer, audience, nonce, expiry checked). */
export interface SignedInAdmin {
  tenantId: string;
  objectId: string;
  name: string;
  username: string;
  /** False when neither `wids` nor the directory-role read shows Global Administrator. */
  isGlobalAdministrator: boolean;
}

/** Why Microsoft refused, told apart by OAuth `error` and claims; AADSTS numbers only choose between wordings. */
export type SignInRefusal =
  | 'declined' // the person said no to the consent
  | 'adminConsentNeeded'
  | 'conditionalAccess'
  | 'deviceNeeded'
  | 'mfaNeeded'
  | 'personalAccount'
  | 'codeUsed' // the authorization code was used or is too old
  | 'ourCredential' // our own secret or certificate is wrong or expired
  | 'consentLost' // the service principal or its consent is gone from the tenant
  | 'tenantNotFound'
  | 'unavailable'
  | 'other';

export class MicrosoftRefused extends Error {
  override readonly name = 'MicrosoftRefused';
  constructor(
    readonly refusal: SignInRefusal,
    /** Microsoft's correlation id, for the log. */
    readonly correlationId?: string,
    options?: { cause?: unknown },
  ) {
    super(refusal, options);
  }
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
  /** Reads the `error` of a redirect (never trusts its tenant). */
  refusalOf(query: { error?: string; error_description?: string; error_subcode?: string }): SignInRefusal;
}

/** `synced` as `onPremisesSyncEnabled` says: true, false = no longer, null = never or not told. */
export type CloudPasswordState =
  | { found: false }
  | { found: true; synced: boolean | null; lastPasswordChangeAt?: number };

/** What can be read and tested of a customer's tenant, app-only. Implemented by connectors/graph. Throws MicrosoftRefused. */
export interface TenantDirectory {
  /** True when an app-only token for the tenant already carries every needed permission. Never throws for a missing consent. */
  hasConsent(tenantId: string): Promise<boolean>;
  describe(tenantId: string): Promise<Pick<TenantConnection, 'displayName' | 'domains'>>;
  /** Runs one check, with its finding and cure. A check that cannot be run is `failed` with its reason, never thrown. */
  check(tenantId: string, check: CheckOutcome['check']): Promise<CheckOutcome>;
  /** Reads the evidence, defensively: whatever cannot be read is left out. */
  syncEvidence(tenantId: string): Promise<SyncEvidence>;
  /** When the tenant had its last password sync; undefined when Microsoft does not tell, or cannot be read. */
  lastPasswordSyncAt(tenantId: string): Promise<number | undefined>;
  /**
   * How Microsoft 365 sees the account that is this one of Active Directory: by immutable id, else by user principal name; read
   * anew each time, since what is synced can change.
   */
  passwordState(
    tenantId: string,
    account: { immutableId: string; userPrincipalName?: string; objectSid?: string },
  ): Promise<CloudPasswordState>;
  /** Forgets the cached token, so that the next call shows today's permissions. */
  forget(tenantId: string): void;
}
