import { counted, lasting, when } from '../../cards/format';
import { said as harmless } from '../../cards/said';
import type { EventFacts } from '../../domain/events/customerEvent';
import { BURST, countOf } from '../../domain/notifications/growAlarm';
import { type CountedExplanation, explanations } from './explanations';
import type { Face } from './face';

type AlarmFacts = Extract<EventFacts, { kind: 'unexplainedResets' }>;

/** An alarm; `said`: what was said of its resets by now. It asks until each of them has an answer. */
export function alarmFace(
  alarm: AlarmFacts,
  now: number,
  said: readonly CountedExplanation[] = [{ explanation: { state: 'unexplained' }, count: 1 }],
): Face {
  const { accounts, privileged = [], from, to = 0 } = alarm;
  const unnamed = countOf(alarm) - accounts.length;
  const span = to - (from ?? to);
  const within = span > BURST.withinMs ? lasting(span) : 'minutes';
  const since = from === undefined ? '' : `, the first ${when(from, now)}`;
  const unlisted = countOf(alarm) - alarm.eventIds.length;
  const unanswered = said.some(({ explanation }) => explanation.state === 'unexplained');
  const answered = unlisted > 0 ? elsewhere(unlisted) : ANSWERED;
  const face = explanations(said, now);
  return {
    what: 'Alarm, unexplained resets',
    tone: face.asks ? 'attention' : 'neutral',
    lead: `${counted(countOf(alarm), 'password reset')} within ${within}${since}${unanswered ? QUESTION : answered}`,
    rows: accounts.map((account) => ({
      title: harmless(account, 120),
      lines: privileged.includes(account) ? ['privileged account'] : [],
    })),
    ...(unnamed > 0 && { more: `and ${counted(unnamed, 'more reset')}` }),
    ...face,
  };
}

const QUESTION = ', and nobody at your company is known to have done them. Was it you?';
const elsewhere = (count: number): string =>
  `. This card is answered; ${counted(count, 'more reset')} can be answered on the cards that tell them.`;
const ANSWERED = '. None of them is unexplained any more.';
