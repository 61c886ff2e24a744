import { counted, lasting, when } from '../../../cards/shared/format';
import { said as harmless } from '../../../cards/shared/said';
import type { EventOf } from '../../../domain/events/customerEvent';
import { BURST, countOf } from '../../../domain/notifications/growAlarm';
import { explanationOf, explanations } from '../faces/explanations';
import type { Face } from '../faces/face';
import { oneByOne } from '../faces/oneByOne';
import type { ResetEvent } from '../faces/resetRows';
import { countedAs, type NoticeKind } from './noticeKind';

/** An alarm shows the state of its resets, and asks until each of them has an answer. */
export const unexplainedResets: NoticeKind<'unexplainedResets'> = {
  kind: 'unexplainedResets',
  title: 'Alarm: many unexplained resets',
  face: (events, now, beside) =>
    oneByOne(({ facts }: Alarm) => alarmFace(facts, now, beside.about))(events, now, beside),
  digest: countedAs('alarm'),
};

type Alarm = EventOf<'unexplainedResets'>;

function alarmFace(alarm: Alarm['facts'], now: number, resets: readonly ResetEvent[]): Face {
  const said = resets.map(explanationOf);
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
