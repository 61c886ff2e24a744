import type { Badge } from '../../../cards/shared/card';
import { counted, lasting } from '../../../cards/shared/format';
import { said } from '../../../cards/shared/said';
import type { EventOf } from '../../../domain/events/customerEvent';
import { countOf } from '../../../domain/notifications/growAlarm';
import { arrivalsBadge } from './arrivalWords';
import { explanationOf, explanations } from './explanations';
import { type Face, IN_SIGHT } from './face';
import { NO_FURTHER } from './further';
import { spanOf } from './manyResets';
import { badgesOf } from './marks';
import type { ResetEvent } from './resetEvent';
import { makersInWords, makersOf } from './who';

type Alarm = EventOf<'unexplainedResets'>['facts'];

/**
 * The face of an alarm, which was raised at `told`; `resets` are those that it lists, in their present
 * state.
 */
export function alarmFace(alarm: Alarm, told: number, resets: readonly ResetEvent[]): Face {
  const explained = explanations(resets.map(explanationOf), told);
  const unexplained = resets.filter(({ facts }) => facts.explanation.state === 'unexplained').length;
  const listedAreAnswered = resets.length > 0 && unexplained === 0;
  const unlisted = countOf(alarm) - alarm.eventIds.length;
  const isAnswered = listedAreAnswered && unlisted === 0;
  const by = makerOf(alarm, resets);
  return {
    ...newsOf(alarm, by, isAnswered),
    ...(alarm.from !== undefined && { where: spanOf(alarm.from, alarm.to ?? alarm.from, told) }),
    tone: explained.asks || !isAnswered ? 'attention' : 'neutral',
    badges: badgesOf({
      ...{ unexplained: isAnswered ? 0 : unexplained, total: resets.length },
      privileged: alarm.privileged !== undefined,
    }),
    facts: [
      ['By', by === undefined ? makersFact(alarm, resets) : ''],
      ['Passwords', resets.length > 0 ? arrivalsBadge(resets, NO_FURTHER) : ''],
    ],
    lead: listedAreAnswered ? othersToAnswer(unlisted) : questionOf(by),
    ...accountsOf(alarm),
    ...explained,
  };
}

/** The only one who made all of them; undefined: it was more than one, or may be. */
function makerOf(alarm: Alarm, resets: readonly ResetEvent[]): string | undefined {
  const [first] = makersOf(resets);
  return first?.[1] === countOf(alarm) ? first[0] : undefined;
}

/** Who made those beyond its list is not read. */
function makersFact(alarm: Alarm, resets: readonly ResetEvent[]): string {
  const words = makersInWords(makersOf(resets));
  return words && resets.length < countOf(alarm) ? `at least ${words}` : words;
}

function newsOf(alarm: Alarm, by: string | undefined, isAnswered: boolean): Pick<Face, 'heading' | 'brief'> {
  const count = countOf(alarm);
  const who = by ? ` by ${by}` : '';
  const what = `${counted(count, 'password reset')}${who} within ${durationOf(alarm)}`;
  if (isAnswered) return { heading: what };
  return { heading: `Alarm: ${what}`, brief: `Alarm: ${counted(count, 'unexplained reset')}${who}` };
}

const MINUTE = 60_000;

function durationOf({ from, to = 0 }: Alarm): string {
  if (from === undefined) return 'minutes';
  const span = to - from;
  return span < 120 * MINUTE ? counted(Math.max(1, Math.ceil(span / MINUTE)), 'minute') : lasting(span);
}

function questionOf(by: string | undefined): string {
  const unknown = by === '' ? 'Nobody knows yet who reset these passwords.' : 'These resets are unexplained.';
  return `${by ? `${by} reset these passwords.` : unknown} Was that your team?`;
}

const othersToAnswer = (unlisted: number): string =>
  unlisted > 0 ? `Answer ${counted(unlisted, 'more reset')} on the messages that tell them.` : '';

const PRIVILEGED: Badge = { symbol: '⚠', tone: 'attention', text: 'privileged' };

function accountsOf(alarm: Alarm): Pick<Face, 'rows' | 'fold' | 'more'> {
  const { accounts, privileged = [] } = alarm;
  const rows = accounts.map((account) => ({
    title: said(account, 120),
    ...(privileged.includes(account) && { state: PRIVILEGED }),
  }));
  const unnamed = countOf(alarm) - accounts.length;
  const list = { rows, ...(unnamed > 0 && { more: `and ${counted(unnamed, 'more reset')}` }) };
  return rows.length > IN_SIGHT ? { fold: { noun: 'accounts', ...list } } : list;
}
