import type { Sealed } from './vault';

export const INTEGRATION_KINDS = ['itglue', 'hudu'] as const;
export type IntegrationKind = (typeof INTEGRATION_KINDS)[number];
export const IT_GLUE_REGIONS = ['us', 'eu', 'au'] as const;

/** One account at a vendor from which organizations come. Its key is stored sealed and never shown again. */
export interface Integration {
  kind: IntegrationKind;
  /** IT Glue: a region of IT_GLUE_REGIONS. Hudu: the host, lower case. */
  address: string;
  /** As people call it: 'IT Glue (EU)', 'Hudu (docs.example.com)'. */
  name: string;
  key: Sealed;
  state: 'active' | 'paused';
  lastTest: { at: number; ok: boolean; sentence: string };
  addedBy: { id: string; name: string };
  addedAt: number;
  changedAt: number;
}

/**
 * One attempt of an admin to enter an API key on our page. The document id is the SHA-256 of the one-time handle in the
 * link; handle, cookie and code are stored as hashes, the key sealed. The code that the page shows proves that who
 * entered the key and who chats are together in this.
 */
export interface KeyEntry {
  /** Present when the key of a known integration is replaced. */
  integrationId?: string;
  kind: IntegrationKind;
  address: string;
  admin: { id: string; name: string };
  conversationKey: string;
  conversationId: string;
  stage: 'issued' | 'opened' | 'tested' | 'used' | 'ended';
  cookieHash?: string;
  key?: Sealed;
  /** What the test found. */
  finding?: string;
  codeHash?: string;
  wrongCodes: number;
  /** Why it ended without success, safe to show to anybody who opened the link. */
  failure?: string;
  /** The request that gave the right code: a repeat of it finds its own work, any other use of the code is refused. */
  usedByRequest?: string;
  createdAt: number;
  expiresAt: number;
}
