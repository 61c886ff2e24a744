import { VersionConflict } from '../errors';

/** What a job can do about itself while it runs. */
export interface JobRun {
  id: string;
  attempts: number;
  /** When this run fails too, there is no other: the people who wait for it have to be told. */
  last: boolean;
  progress: unknown;
  /** Writes down how far it has come; a later run, here or elsewhere, begins with it. */
  save(progress: unknown): Promise<void>;
}

/** Not finished: to be run again after a pause, with one more attempt counted; a pause is no failure. */
export interface Again {
  againInMs: number;
}

/** Another instance changed what this one works on: it has taken the job over, and nothing failed. */
export const wasTakenOver = (error: unknown): boolean => error instanceof VersionConflict;
