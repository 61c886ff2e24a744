import { type FinishedData, finishedCard } from '../../cards/finished';
import type { StepResult } from '../dialog';

/** The end of a dialog with a card of its own, which says the summary when it has no other lines. */
export const ended = (
  summary: string,
  card: Omit<FinishedData, 'lines'> & Partial<FinishedData>,
): Extract<StepResult<never>, { end: unknown }> => ({
  end: [{ card: finishedCard({ lines: [summary], ...card }) }],
  summary,
});
