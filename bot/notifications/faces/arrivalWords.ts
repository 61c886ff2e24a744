import type { Badge } from '../../../cards/shared/card';
import { lasting } from '../../../cards/shared/format';
import type { Arrival } from '../../../domain/events/customerEvent';
import type { Further } from './further';
import type { ResetEvent, ResetFacts } from './resetEvent';

/**
 * A shorter time may come from a clock that is ahead; then the card tells only when Keyturn itself saw the
 * password.
 */
const SURE_MS = 2_000;

/** Whether the password works in Microsoft 365, in a sentence. */
export function arrivalBadge({ arrival, reset }: ResetFacts): Badge {
  const { finding = '' } = arrival;
  switch (arrival.state) {
    case 'checking':
      if (finding) return { symbol: '⚠', tone: 'warning', text: `Not in Microsoft 365 yet. ${finding}` };
      return { symbol: '…', tone: 'accent', text: 'Checking whether it works in Microsoft 365' };
    case 'live':
      return { symbol: '✓', tone: 'good', text: `Works in Microsoft 365 (${howSoon(arrival, reset)})` };
    case 'notThere':
      return {
        symbol: '✗',
        tone: 'attention',
        text: `Not seen in Microsoft 365 within 10 minutes. ${finding}`,
      };
    case 'notKnown':
      return {
        symbol: '⚠',
        tone: 'attention',
        text: `Not known whether it works in Microsoft 365. ${finding}`,
      };
    case 'notTracked':
      return { symbol: '○', tone: 'neutral', text: finding || 'Not followed into Microsoft 365' };
  }
}

function howSoon({ afterMs = 0, checkedAt }: Arrival, { changedAt, seenAt }: ResetFacts['reset']): string {
  if (afterMs >= SURE_MS || checkedAt === undefined) return `after ${lasting(afterMs)}`;
  return `seen after ${lasting(checkedAt - Math.min(changedAt, seenAt))}`;
}

/** The same in a word or two, for a row; undefined for what Keyturn does not follow. */
export function arrivalState({ state, finding }: Arrival): Badge | undefined {
  switch (state) {
    case 'checking':
      return finding ? STATES.late : STATES.checking;
    case 'notTracked':
      return undefined;
    default:
      return STATES[state];
  }
}

const STATES = {
  late: { symbol: '⚠', tone: 'warning', text: 'not yet' },
  checking: { symbol: '…', tone: 'accent', text: 'checking' },
  live: { symbol: '✓', tone: 'good', text: 'works' },
  notThere: { symbol: '✗', tone: 'attention', text: 'not there' },
  notKnown: { symbol: '⚠', tone: 'attention', text: 'not known' },
  notTracked: { symbol: '○', tone: 'neutral', text: 'not followed' },
} satisfies Record<string, Badge>;

const WORDS = [
  ['notThere', 'not there'],
  ['notKnown', 'not known'],
  ['checking', 'being checked'],
  ['notTracked', 'not followed'],
] as const satisfies readonly (readonly [Arrival['state'], string])[];

/** Whether these passwords work in Microsoft 365. */
export function arrivalsBadge(resets: readonly ResetEvent[], further: Further): Badge {
  const [first] = resets;
  const isSame = ({ facts: { arrival } }: ResetEvent) =>
    arrival.state === first?.facts.arrival.state && arrival.finding === first.facts.arrival.finding;
  if (first?.facts.arrival.finding && further.total === 0 && resets.every(isSame))
    return arrivalBadge(first.facts);
  return countsBadge(arrivalsOf(resets, further));
}

type Counts = Partial<Record<Arrival['state'], number>>;

function countsBadge(counts: Counts): Badge {
  const total = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const { live = 0 } = counts;
  if (live === total) return { ...STATES.live, text: 'All work in Microsoft 365' };
  const rest = WORDS.filter(([state]) => (counts[state] ?? 0) > 0);
  const [worst] = rest;
  const texts = rest.map(([state, words]) => {
    const count = counts[state] ?? 0;
    return `${count === total ? 'all' : count.toLocaleString('en')} ${words}`;
  });
  if (live > 0) texts.unshift(live === 1 ? '1 works' : `${live.toLocaleString('en')} work`);
  return { ...STATES[worst?.[0] ?? 'checking'], text: `In Microsoft 365: ${texts.join(', ')}` };
}

/** How many of these resets are in which state; `further` were counted. */
function arrivalsOf(resets: readonly ResetEvent[], { total, arrivals }: Further): Counts {
  const counts: Counts = { ...arrivals };
  const notTracked = total - Object.values(arrivals).reduce((sum, count) => sum + count, 0);
  if (notTracked > 0) counts.notTracked = notTracked;
  for (const { facts } of resets) counts[facts.arrival.state] = (counts[facts.arrival.state] ?? 0) + 1;
  return counts;
}
