/**
 * Records that a browser went on from a link of one of the MSP's people. The document id is the link's, so
 * only one browser can go on. Nothing of the link is shown before that person signed in there. We store
 * cookie and state only as hashes.
 */
export interface Visit {
  /** The kind of the link. */
  kind: string;
  person: { id: string; name: string };
  conversationId: string;
  stage: 'bound' | 'proved';
  cookieHash: string;
  /** SHA-256 of the value that must come back as `state`, used once. Unique. */
  stateHash?: string;
  expiresAt: number;
}
