import type { Badge, Tone } from '../../../cards/shared/card';
import type { Arrival } from '../../../domain/events/customerEvent';
import { contradicted } from '../../../domain/resets/telling';
import { type CountedExplanation, countOf } from './explanations';
import type { ResetEvent } from './resetEvent';

interface Marks {
  unexplained: number;
  total: number;
  privileged: boolean;
  /** Any was found late; agents contradict each other about any. */
  late?: boolean;
  doubted?: boolean;
}

/** The badges of resets; `unexplained` of `total`. */
export function badgesOf({ unexplained, total, privileged, late, doubted }: Marks): Badge[] {
  const some = unexplained < total ? `${unexplained.toLocaleString('en')} ` : '';
  const badges: Badge[] = [];
  if (privileged) badges.push({ symbol: '⚠', tone: 'attention', text: 'PRIVILEGED' });
  if (unexplained > 0) badges.push({ symbol: '⚠', tone: 'warning', text: `${some}UNEXPLAINED` });
  if (doubted) badges.push({ symbol: '⚠', tone: 'attention', text: 'AGENTS DISAGREE' });
  if (late) badges.push({ symbol: '○', tone: 'neutral', text: 'LATE' });
  return badges;
}

/** Why a reset was found late, as a fact; empty for resets that were seen at once. */
export const lateFact = (resets: readonly ResetEvent[]): string =>
  resets.some(isLate) ? 'The agent was off or could not report at the time.' : '';

export const isLate = ({ facts }: ResetEvent): boolean => facts.kind === 'resetLate' || facts.reset.late;

export const isDoubted = ({ facts: { tellings = [] } }: ResetEvent): boolean =>
  tellings.some((each, n) => contradicted(tellings.slice(0, n), each) !== undefined);

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
