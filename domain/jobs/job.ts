/** One piece of background work: written down before it begins, claimed by lease, safe to repeat. */
export interface Job {
  kind: string;
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
