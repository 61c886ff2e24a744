import type { Tone } from '../../cards/card';
import { counted, lasting, listed, when } from '../../cards/format';
import { said } from '../../cards/said';
import type { Arrival, CustomerEvent, EventKind } from '../../domain/events/customerEvent';
import { alarmFace } from './alarmFace';
import { disagreeFace } from './disagreeFace';
import { explanationOf, explanations } from './explanations';
import type { Face } from './face';
import { isReset, type ResetEvent, resetRow } from './resetRows';

const SHOWN = 10;

/** What the events of one notice look like; `events` are all of one kind. */
export function noticeFace(kind: EventKind, events: readonly CustomerEvent[], now: number): Face {
  if (kind === 'resetSeen' || kind === 'resetLate') return resetsFace(kind, events.filter(isReset), now);
  const told = events.map((event) => plainFace(event, now));
  const [first] = told;
  if (!first) return { what: 'Nothing any more', tone: 'neutral', rows: [], asks: false };
  if (told.length === 1) return first;
  return {
    ...first,
    what: `${first.what} (${told.length} times)`,
    lead: '',
    rows: told.slice(0, SHOWN).map(({ lead }) => ({ title: lead ?? '', lines: [] })),
    ...(told.length > SHOWN && { more: `and ${told.length - SHOWN} more` }),
  };
}

function resetsFace(kind: 'resetSeen' | 'resetLate', events: readonly ResetEvent[], now: number): Face {
  const resets = events.toSorted((a, b) => rank(b) - rank(a) || a.at - b.at);
  if (resets.length === 0) return MOVED;
  const one = resets.length === 1;
  const changed = resets.every(({ facts }) => facts.explanation.state === 'user');
  const noun = changed ? 'password change' : 'password reset';
  const unexplained = resets.filter(({ facts }) => facts.explanation.state === 'unexplained').length;
  return {
    what: `${one ? noun.charAt(0).toUpperCase() + noun.slice(1) : counted(resets.length, noun)}${kind === 'resetLate' ? ', found late' : ''}`,
    tone: toneOf(resets),
    lead: leadOf(kind, unexplained, resets.length),
    rows: resets.slice(0, SHOWN).map((event) => resetRow(event, now)),
    more: resets.length > SHOWN ? moreOf(resets.slice(SHOWN)) : '',
    ...explanations(resets.map(explanationOf), now),
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

function toneOf(resets: readonly ResetEvent[]): Tone {
  if (resets.some(({ facts }) => facts.explanation.state === 'lookInto')) return 'attention';
  const unexplained = resets.filter(({ facts }) => facts.explanation.state === 'unexplained');
  if (unexplained.some(({ privileged }) => privileged)) return 'attention';
  return unexplained.length > 0 || resets.some(({ facts }) => isMissed(facts.arrival))
    ? 'warning'
    : 'neutral';
}

function leadOf(kind: 'resetSeen' | 'resetLate', unexplained: number, all: number): string {
  const late = kind === 'resetLate' ? 'It happened while the agent was not looking or could not tell. ' : '';
  if (unexplained === 0) return late.trim();
  const which = all === 1 ? 'this' : unexplained === all ? 'any of these' : `${unexplained} of these`;
  return `${late}Nobody at your company is known to have done ${which}. Was it you?`;
}

function moreOf(rest: readonly ResetEvent[]): string {
  const live = rest.filter(({ facts }) => facts.arrival.state === 'live').length;
  const checking = rest.filter(({ facts }) => facts.arrival.state === 'checking').length;
  const notKnown = rest.filter(({ facts }) => facts.arrival.state === 'notKnown').length;
  const missing = rest.filter(({ facts }) => facts.arrival.state === 'notThere').length;
  const counts = [
    live > 0 ? `${live} live in Microsoft 365` : '',
    checking > 0 ? `${checking} being checked` : '',
    missing > 0 ? `${missing} not seen there` : '',
    notKnown > 0 ? `${notKnown} not known` : '',
  ].filter(Boolean);
  return `and ${counted(rest.length, 'more account')}${counts.length > 0 ? `: ${listed(counts)}` : ''}`;
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
