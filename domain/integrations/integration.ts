import type { Sealed } from './vault';

export const INTEGRATION_KINDS = ['itglue', 'hudu'] as const;
export type IntegrationKind = (typeof INTEGRATION_KINDS)[number];
export const IT_GLUE_REGIONS = ['us', 'eu', 'au'] as const;

/** One account at a vendor from which organizations come. We store its key sealed and never show it again. */
export interface Integration {
  kind: IntegrationKind;
  /** IT Glue: a region of IT_GLUE_REGIONS. Hudu: the host, lower case. */
  address: string;
  /** The name that people use: 'IT Glue (EU)', 'Hudu (docs.example.com)'. */
  name: string;
  key: Sealed;
  state: 'active' | 'paused';
  lastTest: { at: number; ok: boolean; sentence: string };
  addedBy: { id: string; name: string };
  addedAt: number;
  changedAt: number;
}
