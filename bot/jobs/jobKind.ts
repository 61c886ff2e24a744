import type { z } from 'zod';
import type { Job } from '../../domain/jobs/job';
import type { Again, JobRun } from '../../domain/jobs/jobRun';
import type { Stored } from '../../domain/ports';

/** One kind of background work: resumable, and safe to run again from any point. */
export interface JobKind {
  kind: string;
  schema: z.ZodTypeAny;
  /** Undefined when it is finished. */
  handle(input: unknown, run: JobRun): Promise<Again | undefined>;
}

/** Keeps the types of schema and handler together, and gives the list one type. */
export const jobKind = <Schema extends z.ZodTypeAny>(kind: {
  kind: string;
  schema: Schema;
  handle(input: z.output<Schema>, run: JobRun): Promise<Again | undefined>;
}): JobKind => kind;

export type StoredJob = Stored<Job>;
