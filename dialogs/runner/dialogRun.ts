import type { Home } from '../dialog';

/** One run of a dialog, as stored on the dialog stack. */
export interface DialogRun {
  /** Identifies the run. Cards carry it, and everything that the run creates has it. */
  run: string;
  step: string;
  values: Record<string, unknown>;
  /** The steps before this one, for going back. */
  history: string[];
  askedAt: number;
  home?: Home;
}

const EXPIRES_AFTER = 24 * 60 * 60 * 1000;

/** A step that gets no answer for 24 hours ends the run. */
export const hasExpired = (run: DialogRun, now: number): boolean => now - run.askedAt > EXPIRES_AFTER;
