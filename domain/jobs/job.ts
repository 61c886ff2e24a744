/** One piece of background work: written down before it begins, claimed by lease, safe to repeat. */
export interface Job {
  kind: string;
  /** Whose work it is; absent: of no customer alone. */
  customerId?: string;
  /** Somebody waits for it: it goes ahead of what goes on by itself. */
  awaited?: true;
  /** Checked by the schema of its kind each time it is run. */
  input: unknown;
  /** What has been done so far; each kind knows its own. */
  progress?: unknown;
  state: 'waiting' | 'done' | 'failed';
  /** How often it was run. */
  attempts: number;
  /** How often in a row it failed; pauses that it asked for do not count. */
  failures?: number;
  /** When it is to be run next. */
  dueAt: number;
  createdAt: number;
  /** Said of a failed one, safe to show. */
  failure?: string;
}

/** Jobs take turns by customer; those of none by their kind. */
export const lineOfJob = ({ customerId, kind }: Pick<Job, 'customerId' | 'kind'>): string =>
  customerId ?? kind;
