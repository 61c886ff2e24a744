/** One piece of background work: written down before it begins, claimed by lease, safe to repeat. */
export interface Job {
  kind: string;
  /** The customer of the work; absent when it belongs to no single customer. */
  customerId?: string;
  /** A person waits for it: it goes ahead of work that nobody waits for. */
  awaited?: true;
  /** The schema of its kind checks this at each run. */
  input: unknown;
  /** What the job has done so far; each kind has its own shape. */
  progress?: unknown;
  state: 'waiting' | 'done' | 'failed';
  /** How often it was run. */
  attempts: number;
  /** How often in a row it failed; a pause that the job asked for is no failure. */
  failures?: number;
  /** When it is to be run next. */
  dueAt: number;
  createdAt: number;
  /** Why it failed, safe to show. */
  failure?: string;
}

/** Jobs take turns by customer; a job without a customer takes its turn by its kind. */
export const lineOfJob = ({ customerId, kind }: Pick<Job, 'customerId' | 'kind'>): string =>
  customerId ?? kind;
