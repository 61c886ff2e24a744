import type { HuduKey } from './hudu/huduApi';
import type { ItGlueKey } from './itglue/itGlueKey';

/** The API keys for the key page; each behaves as its name says. */
export const IT_GLUE_ACCOUNTS: readonly ItGlueKey[] = [
  { key: 'demo-itglue-key', region: 'eu', rights: 'full' },
  { key: 'demo-itglue-key-without-rights', region: 'eu', rights: 'noOrganizations' },
  { key: 'demo-itglue-key-revoked', region: 'eu', rights: 'revoked' },
];
export const HUDU_ACCOUNTS: readonly HuduKey[] = [
  { key: 'demo-hudu-key', rights: 'full' },
  { key: 'demo-hudu-key-without-rights', rights: 'noOrganizations' },
  { key: 'demo-hudu-key-revoked', rights: 'revoked' },
];
