import type { Tone } from '../../cards/card';
import { counted, lasting, listed, when } from '../../cards/format';
import { said } from '../../cards/said';
import type { Arrival, CustomerEvent, EventKind } from '../../domain/events/customerEvent';
import { alarmFace } from './alarmFace';
import { disagreeFace } from './disagreeFace';
import { type CountedExplanation, countOf, explanationOf, explanations } from './explanations';
import type { Face } from './face';
import { type Further, NO_FURTHER } from './further';
import { isReset, type ResetEvent, resetRow } from './resetRows';

const SHOWN = 10;

/** What the events of one notice look like; `events` are all of one kind, as are the `further` ones. */
export function noticeFace(
  kind: EventKind,
  events: readonly CustomerEvent[],
  now: number,
  further = NO_FURTHER,
): Face {
  if (kind === 'resetSeen' || kind === 'resetLate')
    return resetsFace(kind, events.filter(isReset), now, further);
  const told = events.map((event) => plainFace(event, now));
  const [first] = told;
  if (!first) return { what: 'Nothing any more', tone: 'neutral', rows: [], asks: false };
  const total = told.length + further.total;
  if (total === 1) return first;
  return {
    ...first,
    what: `${first.what} (${total.toLocaleString('en')} times)`,
    lead: '',
    rows: told.slice(0, SHOWN).map(({ lead }) => ({ title: lead ?? '', lines: [] })),
    ...(total > SHOWN && { more: `and ${(total - Math.min(told.length, SHOWN)).toLocaleString('en')} more` }),
  };
}

function resetsFace(
  kind: 'resetSeen' | 'resetLate',
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
    what: `${what}${kind === 'resetLate' ? ', found late' : ''}`,
    tone: toneOf(resets, said, further),
    lead: leadOf(kind, countOf(said, 'unexplained'), total),
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

/** What has to be looked at first. */
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
  // Further ones are privileged only where those listed are, too.
  const open = resets.filter(({ facts }) => facts.explanation.state === 'unexplained');
  if (open.some(({ privileged }) => privileged)) return 'attention';
  const missed = notThere + notKnown > 0 || resets.some(({ facts }) => isMissed(facts.arrival));
  return countOf(said, 'unexplained') > 0 || missed ? 'warning' : 'neutral';
}

function leadOf(kind: 'resetSeen' | 'resetLate', unexplained: number, all: number): string {
  const late = kind === 'resetLate' ? 'It happened while the agent was not looking or could not tell. ' : '';
  if (unexplained === 0) return late.trim();
  const some = `${unexplained.toLocaleString('en')} of these`;
  const which = all === 1 ? 'this' : unexplained === all ? 'any of these' : some;
  return `${late}Nobody at your company is known to have done ${which}. Was it you?`;
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

/** Words of the agent, marked as such. */
const quoted = (agentName: string, finding: string): string =>
  `${said(agentName, 64)} says: “${said(finding)}”`;

type Plain = Pick<Face, 'what' | 'tone' | 'lead' | 'rows' | 'more' | 'asks'>;

function plainFace({ facts, at }: CustomerEvent, now: number): Plain {
  const plain = (what: string, tone: Tone, lead: string): Plain => ({
    what,
    tone,
    lead,
    rows: [],
    asks: false,
  });
  switch (facts.kind) {
    case 'agentOffline':
      return plain(
        'Agent offline',
        'attention',
        `${said(facts.agentName, 64)} has not been heard of since ${when(facts.since, now)}. What it sees is kept there and told when it is back${facts.waiting > 0 ? `; ${counted(facts.waiting, 'event')} were waiting already` : ''}. Check that the server is on and reaches the internet.`,
      );
    case 'agentBack':
      return plain(
        'Agent back',
        'good',
        `${said(facts.agentName, 64)} is back after ${lasting(at - facts.offlineSince)}.${facts.waiting > 0 ? ` ${counted(facts.waiting, 'event')} that it kept follow now.` : ' Nothing had to wait.'}`,
      );
    case 'deltaSyncFailed':
      return plain('Delta sync did not run', 'warning', quoted(facts.agentName, facts.sync.finding));
    case 'connectionDegraded':
      return plain(
        'Connection degraded',
        'warning',
        facts.saidBy ? quoted(facts.saidBy, facts.finding) : said(facts.finding, 500),
      );
    case 'unexplainedResets':
      return alarmFace(facts, now);
    case 'agentsDisagree':
      return disagreeFace(facts);
    default:
      return plain('Password reset', 'neutral', '');
  }
}
