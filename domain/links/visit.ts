/**
 * That a browser went on from a link of one of the MSP's people. The document id is the link's, so that one
 * browser alone can: nothing of the link is shown before that person signed in there. Cookie and state are
 * stored as hashes.
 */
export interface Visit {
  /** Of the link. */
  kind: string;
  person: { id: string; name: string };
  conversationId: string;
  stage: 'bound' | 'proved';
  cookieHash: string;
  /** SHA-256 of the value that must come back as `state`, used once. Unique. */
  stateHash?: string;
  expiresAt: number;
}
