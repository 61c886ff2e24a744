/** One run of a dialog, as it lies on the stored dialog stack. */
export interface DialogRun {
  /** Identifies the run: cards carry it, and what the run makes is made under it. */
  run: string;
  step: string;
  values: Record<string, unknown>;
  /** Steps before this one, for going back. */
  history: string[];
  askedAt: number;
}

const EXPIRES_AFTER = 24 * 60 * 60 * 1000;

/** A step left for 24 hours ends the run. */
export const hasExpired = (run: DialogRun, now: number): boolean => now - run.askedAt > EXPIRES_AFTER;
