import { VersionConflict } from '../errors';

/** What a job can do about itself while it runs. */
export interface JobRun {
  id: string;
  attempts: number;
  /** True when no run follows a failure of this one: then the job must tell the people who wait. */
  last: boolean;
  progress: unknown;
  /** Writes down how far the job has come; a later run, here or elsewhere, begins there. */
  save(progress: unknown): Promise<void>;
}

/** The job is not finished: run it again after a pause, and count one more attempt; a pause is no failure. */
export interface Again {
  againInMs: number;
}

/** Another instance changed what this job works on: it has taken the job over, and nothing failed. */
export const wasTakenOver = (error: unknown): boolean => error instanceof VersionConflict;
