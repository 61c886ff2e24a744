import type { z } from 'zod';
import type { Job } from '../../domain/jobs/job';
import type { Again, JobRun } from '../../domain/jobs/jobRun';
import type { Stored } from '../../domain/ports';

/** One kind of background work: resumable, and safe to run again from any point. */
export interface JobKind<Input = unknown> {
  kind: string;
  schema: z.ZodType<Input>;
  /** Undefined when it is finished. */
  handle(input: Input, run: JobRun): Promise<Again | undefined>;
}

/** Keeps the types of schema and handler together, and gives the list one type. */
export const jobKind = <Input>(kind: JobKind<Input>): JobKind => kind as JobKind;

export type StoredJob = Stored<Job>;
