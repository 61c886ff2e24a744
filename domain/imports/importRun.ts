import type { Organization } from '../organizations/organization';

/** The groups in which the review shows organizations. */
export const GROUPS = ['likely', 'conflict', 'new', 'unusable', 'inactive', 'linked'] as const;
export type Group = (typeof GROUPS)[number];

/** What the review shows: a group, or all rows that nothing was preset for. */
export const VIEWS = [...GROUPS, 'toReview'] as const;
export type View = (typeof VIEWS)[number];

export type Choice = 'create' | 'link' | 'skip';

/** One organization in a run: what it seems to be, what a person chose, what became of it. */
export interface ImportRow {
  organization: Organization;
  group: Group;
  /** The customer that it is linked to, or likely the same as. */
  customerId?: string;
  customerName?: string;
  /** Says in words why it is likely the same, in conflict or unusable. */
  because?: string;
  /** The customer or the name that it would take: organizations that claim the same are in conflict. */
  claim?: string;
  /** `likely` and `conflict` rows begin without one: similarity alone links nothing. */
  choice?: Choice;
  result?: {
    outcome: 'created' | 'linked' | 'skipped' | 'failed';
    customerId?: string;
    /** The customer's name at that time. */
    customerName?: string;
    reason?: string;
  };
}

/** One page of the vendor's list, with its rows; the document id is `${runId}:${number}`. */
export interface ImportPage {
  runId: string;
  number: number;
  rows: ImportRow[];
  bad: { id: string; why: string }[];
  expiresAt: number;
}

export type Counts = Record<Group, number>;

/**
 * One import of all organizations of an integration, from the first page read to the last row applied.
 * Everybody who may import shares it.
 */
export interface ImportRun {
  integrationId: string;
  integrationName: string;
  startedBy: { id: string; name: string };
  startedAt: number;
  state: 'reading' | 'review' | 'applying' | 'done' | 'cancelled' | 'failed';
  /** The token of the next page to read; absent before the first page and after the last one. */
  next?: string;
  pagesRead: number;
  /** When the run read the last page. */
  readAt?: number;
  /**
   * The names of statuses and types that the run met, to choose by; if there are very many, only
   * the first ones.
   */
  statuses: string[];
  types: string[];
  totalPages?: number;
  counts: Counts;
  bad: number;
  /** The vendor itself counts so many more organizations than its list gave. */
  unlisted?: number;
  results: { created: number; linked: number; skipped: number; failed: number };
  /** The request that closed the review: its work is done once. */
  applyRequest?: string;
  finishedAt?: number;
  /** Says why it failed, safe to show. */
  failure?: string;
  expiresAt: number;
}

/** An integration has at most one run in these states; everybody joins it. */
const OPEN: readonly ImportRun['state'][] = ['reading', 'review', 'applying'];
export const isOpen = ({ state }: Pick<ImportRun, 'state'>): boolean => OPEN.includes(state);

export const pageIdOf = (runId: string, number: number): string => `${runId}:${number}`;
