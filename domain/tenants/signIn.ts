/**
 * One attempt of a technician to have a customer's administrator sign in. The document id is the SHA-256 of the
 * one-time handle in the link. Handle, state, cookie and code are stored as hashes only; the PKCE verifier and the nonce
 * are derived from the cookie, which only the browser has, and the state.
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
  /** Known after the id_token was validated. */
  admin?: { tenantId: string; objectId: string; name: string; username: string };
  codeHash?: string;
  wrongCodes: number;
  /** Why it ended without success, safe to show to anybody who opened the link. */
  failure?: string;
  /** The other customer that has this tenant; named only to somebody who may see customers. */
  takenBy?: string;
  /** It was refused because the tenant is the MSP's own and that was not said to be meant. */
  ownTenantRefused?: true;
  /** The request that gave the right code: a repeat of it finds its own work, any other use of the code is refused. */
  verifiedByRequest?: string;
  createdAt: number;
  expiresAt: number;
}

/** What a refusal leaves for the chat beside its sentence. */
export type RefusalTraits = Pick<SignIn, 'takenBy' | 'ownTenantRefused'>;
