import type { Badge, Tone } from '../../../cards/shared/card';
import type { Arrival } from '../../../domain/events/customerEvent';
import { type CountedExplanation, countOf } from './explanations';
import type { ResetEvent } from './resetEvent';

/** The badges of resets; `unexplained` of `total`, of which any are privileged or were found late. */
export function badgesOf(marks: { unexplained: number; total: number; privileged: boolean; late: boolean }) {
  const { unexplained, total } = marks;
  const some = unexplained < total ? `${unexplained.toLocaleString('en')} ` : '';
  const badges: Badge[] = [];
  if (marks.privileged) badges.push({ symbol: '⚠', tone: 'attention', text: 'PRIVILEGED' });
  if (unexplained > 0) badges.push({ symbol: '⚠', tone: 'warning', text: `${some}UNEXPLAINED` });
  if (marks.late) badges.push({ symbol: '○', tone: 'neutral', text: 'LATE' });
  return badges;
}

/** Why a reset was found late, as a fact; empty for resets that were seen at once. */
export const lateFact = (resets: readonly ResetEvent[]): string =>
  resets.some(isLate) ? 'The agent was off or could not report at the time.' : '';

export const isLate = ({ facts }: ResetEvent): boolean => facts.kind === 'resetLate' || facts.reset.late;

const FAILED = new Set<Arrival['state']>(['notThere', 'notKnown']);

export const isMissed = ({ facts: { arrival } }: ResetEvent): boolean =>
  FAILED.has(arrival.state) || (arrival.foretold === true && arrival.state === 'checking');

/** How much people have to look at these resets; `missed`: passwords are not in Microsoft 365. */
export function toneOf(
  resets: readonly ResetEvent[],
  said: readonly CountedExplanation[],
  missed: boolean,
): Tone {
  if (countOf(said, 'lookInto') > 0) return 'attention';
  // Further resets are privileged only when the listed ones are, too.
  const open = resets.filter(({ facts }) => facts.explanation.state === 'unexplained');
  if (open.some(({ privileged }) => privileged)) return 'attention';
  return countOf(said, 'unexplained') > 0 || missed ? 'warning' : 'neutral';
}
