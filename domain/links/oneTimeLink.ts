import type { Sealed } from '../integrations/vault';

/** What a link is about, as the schema of its kind says; a customer's link names the customer. */
export type LinkFacts = { customerId?: string | undefined; [fact: string]: unknown };

/** The message in a chat that has the link's button. */
export interface LinkButton {
  messageId: string;
  /** The Bot Framework's conversation reference. */
  reference: unknown;
  title: string;
  /** It shows that the link is over, or is about to. */
  over?: true;
}

/**
 * One link to a page of ours, made for one person. The document id is the SHA-256 of the one-time handle in
 * the link. We store handle, cookie, state and code only as hashes.
 */
export interface OneTimeLink<Facts = LinkFacts> {
  kind: string;
  person: { id: string; name: string };
  conversationId: string;
  /** The conversation-state key (conversation and person) in which a dialog waits for the page's code. */
  conversationKey?: string;
  facts: Facts;
  /**
   * `opened`: bound to a browser. `code`: the page shows a code. `used` and `ended`: nothing works any more.
   */
  stage: 'issued' | 'opened' | 'code' | 'used' | 'ended';
  cookieHash?: string;
  /** The hash of the value that must come back as `state` from a sign-in, used once. Unique. */
  stateHash?: string;
  codeHash?: string;
  /** A secret that its page took, sealed; deleted when the link ends. */
  key?: Sealed;
  wrongCodes: number;
  /** Absent before the button is sent, and once the button of a newer link took its place. */
  button?: LinkButton;
  /** Why it ended without success, safe to show to anybody who opened the link. */
  failure?: string;
  /**
   * The request that gave the right code: a repeat of it finds its own work, any other use of the
   * code is refused.
   */
  usedByRequest?: string;
  createdAt: number;
  expiresAt: number;
}
