import type { Organization } from '../organizations/organization';

/** What the review shows an organization under. */
export const GROUPS = ['likely', 'conflict', 'new', 'unusable', 'inactive', 'linked'] as const;
export type Group = (typeof GROUPS)[number];

export type Choice = 'create' | 'link' | 'skip';

/** One organization in a run: what it seems to be, what a person chose, what became of it. */
export interface ImportRow {
  organization: Organization;
  group: Group;
  /** The customer it is linked to, or likely the same as. */
  customerId?: string;
  customerName?: string;
  /** Why it is likely the same, in conflict or unusable, in words. */
  because?: string;
  /** The customer or the name that it would take for itself: those that claim the same are in conflict. */
  claim?: string;
  /** `likely` and `conflict` begin without one: nothing is linked by similarity alone. */
  choice?: Choice;
  result?: {
    outcome: 'created' | 'linked' | 'skipped' | 'failed';
    customerId?: string;
    /** As that customer was called then. */
    customerName?: string;
    reason?: string;
  };
}

/** One page as it was read, with its rows; the document id is `${runId}:${number}`. */
export interface ImportPage {
  runId: string;
  number: number;
  rows: ImportRow[];
  bad: { id: string; why: string }[];
  expiresAt: number;
}

export type Counts = Record<Group, number>;

/** One import of all organizations of an integration, from the first page read to the last row applied. Shared by everybody who may import. */
export interface ImportRun {
  integrationId: string;
  integrationName: string;
  startedBy: { id: string; name: string };
  startedAt: number;
  state: 'reading' | 'review' | 'applying' | 'done' | 'cancelled' | 'failed';
  /** Token of the next page to read; absent before the first and after the last one. */
  next?: string;
  pagesRead: number;
  /** When the last page was read. */
  readAt?: number;
  /** The names of statuses and types that were met, to choose by; of very many only the first ones. */
  statuses: string[];
  types: string[];
  totalPages?: number;
  counts: Counts;
  bad: number;
  /** So many more organizations than its list gave does the vendor itself count. */
  unlisted?: number;
  results: { created: number; linked: number; skipped: number; failed: number };
  /** The request that closed the review: its work is done once. */
  applyRequest?: string;
  finishedAt?: number;
  /** Why it failed, safe to show. */
  failure?: string;
  expiresAt: number;
}

/** A run in one of these is the only one of its integration; everybody joins it. */
const OPEN: readonly ImportRun['state'][] = ['reading', 'review', 'applying'];
export const isOpen = ({ state }: Pick<ImportRun, 'state'>): boolean => OPEN.includes(state);

export const pageIdOf = (runId: string, number: number): string => `${runId}:${number}`;
