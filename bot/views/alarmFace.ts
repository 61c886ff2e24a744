import { counted, when } from '../../cards/format';
import type { EventFacts, Explanation } from '../../domain/events/customerEvent';
import { explanations } from './explanations';
import type { Face } from './face';

type AlarmFacts = Extract<EventFacts, { kind: 'unexplainedResets' }>;

/** An alarm; `said`: what was said of its resets by now. It asks until each of them has an answer. */
export function alarmFace(
  { eventIds, accounts, from }: AlarmFacts,
  now: number,
  said: readonly Explanation[] = [{ state: 'unexplained' }],
): Face {
  const unnamed = eventIds.length - accounts.length;
  const since = from === undefined ? '' : `, the first ${when(from, now)}`;
  const unanswered = said.some(({ state }) => state === 'unexplained');
  const face = explanations(said, now);
  return {
    what: 'Alarm, unexplained resets',
    tone: face.asks ? 'attention' : 'neutral',
    lead: `${counted(eventIds.length, 'password reset')} within minutes${since}${unanswered ? QUESTION : ANSWERED}`,
    rows: accounts.map((account) => ({ title: account, lines: [] })),
    ...(unnamed > 0 && { more: `and ${counted(unnamed, 'more reset')}` }),
    ...face,
  };
}

const QUESTION = ', and nobody at your company is known to have done them. Was it you?';
const ANSWERED = '. None of them is unexplained any more.';
