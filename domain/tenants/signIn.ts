/**
 * One attempt of a technician to have a customer's administrator sign in. The document id is the SHA-256 of the
 * one-time handle in the link. Handle, state, nonce, cookie and code are stored as hashes only; the PKCE verifier is
 * derived from the cookie, which only the browser has.
 */
export interface SignIn {
  customerId: string;
  technician: { id: string; name: string };
  /** The conversation-state key (conversation and person) in which the dialog waits. */
  conversationKey: string;
  conversationId: string;
  /** Deliberately connecting the MSP's own tenant. */
  ownTenantMeant: boolean;
  stage: 'issued' | 'started' | 'signedIn' | 'consented' | 'verified' | 'ended';
  cookieHash?: string;
  /** SHA-256 of the value that must come back as `state`; one per leg (sign-in, consent), used once. Unique. */
  stateHash?: string;
  nonceHash?: string;
  /** Known after the id_token was validated. */
  admin?: { tenantId: string; objectId: string; name: string; username: string };
  codeHash?: string;
  wrongCodes: number;
  /** Why it ended without success, safe to show. */
  failure?: string;
  createdAt: number;
  expiresAt: number;
}
