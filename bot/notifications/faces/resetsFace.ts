import type { Tone } from '../../../cards/shared/card';
import { counted, listed } from '../../../cards/shared/format';
import type { Arrival } from '../../../domain/events/customerEvent';
import { type CountedExplanation, countOf, explanationOf, explanations } from './explanations';
import { type Face, SHOWN } from './face';
import type { Further } from './further';
import { type ResetEvent, resetRow } from './resetRows';

/** The face of all resets of one notice; `late`: they were found late. */
export function resetsFace(
  late: boolean,
  events: readonly ResetEvent[],
  now: number,
  further: Further,
): Face {
  const resets = events.toSorted((a, b) => rank(b) - rank(a) || a.at - b.at);
  const total = resets.length + further.total;
  if (total === 0) return MOVED;
  const said = [...resets.map(explanationOf), ...further.explanations];
  const noun = countOf(said, 'user') === total ? 'password change' : 'password reset';
  const what = total === 1 ? noun.charAt(0).toUpperCase() + noun.slice(1) : counted(total, noun);
  const rest = resets.slice(SHOWN);
  return {
    what: `${what}${late ? ', found late' : ''}`,
    tone: toneOf(resets, said, further),
    lead: leadOf(late, countOf(said, 'unexplained'), total),
    rows: resets.slice(0, SHOWN).map((event) => resetRow(event, now)),
    more: rest.length + further.total > 0 ? moreOf(rest, further) : '',
    ...explanations(said, now),
  };
}

const MOVED: Face = {
  what: 'Password reset, told anew',
  tone: 'attention',
  lead: 'It is told on a card of its own: a second agent told more of it than was known here.',
  rows: [],
  asks: false,
};

/** What people have to look at first. */
const rank = ({ privileged, facts }: ResetEvent): number =>
  Number(privileged) * 4 +
  Number(facts.explanation.state === 'unexplained') * 2 +
  Number(isMissed(facts.arrival));

const isMissed = ({ state }: Arrival): boolean => state === 'notThere' || state === 'notKnown';

function toneOf(
  resets: readonly ResetEvent[],
  said: readonly CountedExplanation[],
  { arrivals: { notThere = 0, notKnown = 0 } }: Further,
): Tone {
  if (countOf(said, 'lookInto') > 0) return 'attention';
  // Further resets are privileged only when the listed ones are, too.
  const open = resets.filter(({ facts }) => facts.explanation.state === 'unexplained');
  if (open.some(({ privileged }) => privileged)) return 'attention';
  const missed = notThere + notKnown > 0 || resets.some(({ facts }) => isMissed(facts.arrival));
  return countOf(said, 'unexplained') > 0 || missed ? 'warning' : 'neutral';
}

function leadOf(late: boolean, unexplained: number, all: number): string {
  const why = late ? 'It happened while the agent was not looking or could not tell. ' : '';
  if (unexplained === 0) return why.trim();
  const some = `${unexplained.toLocaleString('en')} of these`;
  const which = all === 1 ? 'this' : unexplained === all ? 'any of these' : some;
  return `${why}Nobody at your company is known to have done ${which}. Was it you?`;
}

const ARRIVED = [
  ['live', 'live in Microsoft 365'],
  ['checking', 'being checked'],
  ['notThere', 'not seen there'],
  ['notKnown', 'not known'],
] as const;

function moreOf(rest: readonly ResetEvent[], { total, arrivals }: Further): string {
  const counts = ARRIVED.flatMap(([state, words]) => {
    const ofRest = rest.filter(({ facts }) => facts.arrival.state === state).length;
    const count = ofRest + (arrivals[state] ?? 0);
    return count > 0 ? [`${count.toLocaleString('en')} ${words}`] : [];
  });
  const all = counted(rest.length + total, 'more account');
  return `and ${all}${counts.length > 0 ? `: ${listed(counts)}` : ''}`;
}
