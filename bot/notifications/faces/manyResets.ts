import type { NoticeRow } from '../../../cards/notice';
import { counted, listed } from '../../../cards/shared/format';
import { said } from '../../../cards/shared/said';
import { joined, line, type Text } from '../../../cards/shared/time';
import { arrivalState, arrivalsBadge } from './arrivalWords';
import { type CountedExplanation, countOf, explanationOf, explanations } from './explanations';
import { type Face, IN_SIGHT, momentOn, SHOWN } from './face';
import type { Further } from './further';
import { badgesOf, isDoubted, isLate, isMissed, lateFact, toneOf } from './marks';
import type { ResetEvent } from './resetEvent';
import { accountOf, byOf, changedByUser, makersInWords, makersOf, nameOf } from './who';

/** The face of several resets: one line for all of them, and the accounts behind a button. */
export function manyResets(resets: readonly ResetEvent[], told: number, further: Further): Face {
  const all = [...resets.map(explanationOf), ...further.explanations];
  const total = resets.length + further.total;
  const unexplained = countOf(all, 'unexplained');
  const sums = { resets, total, all, further, unexplained };
  const arrivals = arrivalsBadge(resets, further);
  return {
    ...newsOf(sums),
    where: whereOf(resets, told),
    tone: toneOf(resets, all, arrivals.tone === 'attention' || resets.some(isMissed)),
    badges: badgesOf({
      ...{ unexplained, total },
      privileged: resets.some(({ privileged }) => privileged),
      late: resets.some(isLate),
      doubted: resets.some(isDoubted),
    }),
    facts: [
      ['By', makersFact(sums)],
      ['Passwords', arrivals],
      ['Found late', lateFact(resets)],
    ],
    lead: unexplained > 0 ? questionOf(sums) : '',
    ...accountsOf(resets, further.total),
    ...explanations(all, told),
  };
}

interface Sums {
  resets: readonly ResetEvent[];
  total: number;
  all: readonly CountedExplanation[];
  further: Further;
  unexplained: number;
}

/**
 * The only one who made these resets; empty: nobody knows who; undefined: it was more than one, or may be.
 */
function makerOf({ resets, further }: Pick<Sums, 'resets' | 'further'>): string | undefined {
  const makers = makersOf(resets);
  return makers.length === 1 && further.total === countOf(further.explanations, 'user')
    ? makers[0]?.[0]
    : undefined;
}

function newsOf(sums: Sums): Pick<Face, 'heading' | 'brief'> {
  const { resets, total, all, unexplained } = sums;
  const changes = countOf(all, 'user');
  const by = makerOf(sums) ? ` by ${makerOf(sums)}` : '';
  const changed = `${counted(changes, 'user')} changed their own password`;
  if (changes === total) return { heading: changed, brief: counted(changes, 'password change') };
  const made = total - changes;
  const accounts = new Set(resets.filter((reset) => !changedByUser(reset)).map(accountOf)).size;
  const often = sums.further.total === 0 && accounts < made;
  const what = often
    ? `${counted(made, 'reset')} of ${counted(accounts, 'account')}`
    : `${counted(made, 'account')} reset`;
  return {
    heading: `${what}${by}${changes > 0 ? `, ${changed}` : ''}`,
    brief:
      unexplained > 0
        ? `${counted(unexplained, 'unexplained reset')}${by}`
        : `${counted(made, 'password reset')}${by}`,
  };
}

/** By which agents they were seen, and when they happened. */
function whereOf(resets: readonly ResetEvent[], told: number): Text {
  const agents = [...new Set(resets.map(({ facts }) => said(facts.agentName, 64)))];
  const times = resets.map(({ at }) => at);
  return times.length === 0
    ? ''
    : joined([listed(agents, 3), spanOf(Math.min(...times), Math.max(...times), told)], ' · ');
}

const MINUTE = 60_000;

export function spanOf(from: number, to: number, told: number): Text {
  const moment = momentOn(told);
  return to - from < MINUTE
    ? line`${moment(from)}, within one minute`
    : line`${moment(from)} to ${moment(to)}`;
}

function makersFact(sums: Sums): string {
  const makers = makersOf(sums.resets);
  if (makerOf(sums) !== undefined || makers.length === 0) return '';
  // Who made the further ones is not read.
  return `${sums.further.total > 0 ? 'at least ' : ''}${makersInWords(makers)}`;
}

function questionOf(sums: Sums): string {
  const { unexplained, all, total } = sums;
  const by = makerOf(sums);
  const made = total - countOf(all, 'user');
  if (unexplained < made)
    return `${unexplained.toLocaleString('en')} of these ${unexplained === 1 ? 'is' : 'are'} unexplained. Was that your team?`;
  const who = by === '' ? 'Nobody knows yet who reset these passwords.' : 'These resets are unexplained.';
  return `${by ? `${by} reset these passwords.` : who} Was that your team?`;
}

/** The accounts, each on a line of its own, behind a button when they are many. */
function accountsOf(resets: readonly ResetEvent[], further: number): Pick<Face, 'rows' | 'fold'> {
  const rows = resets.slice(0, SHOWN).map((reset) => rowOf(reset, resets));
  if (resets.length + further <= IN_SIGHT) return { rows };
  const rest = resets.length + further - rows.length;
  return {
    fold: { noun: 'accounts', rows, ...(rest > 0 && { more: `and ${counted(rest, 'more account')}` }) },
  };
}

/** Says what is not the same for all of them. */
function rowOf(reset: ResetEvent, all: readonly ResetEvent[]): NoticeRow {
  const { explanation, arrival } = reset.facts;
  const [name, account] = [nameOf(reset), accountOf(reset)];
  const differs = (of: (reset: ResetEvent) => unknown) => all.some((other) => of(other) !== of(reset));
  const isUnexplained = (each: ResetEvent) => each.facts.explanation.state === 'unexplained';
  const under = [
    account === name ? '' : account,
    explanation.state === 'user'
      ? 'changed by the user'
      : differs(byOf)
        ? byOf(reset) || 'not known who'
        : '',
    reset.privileged && differs(({ privileged }) => privileged) ? 'privileged' : '',
    isUnexplained(reset) && differs(isUnexplained) ? 'unexplained' : '',
    isDoubted(reset) ? 'agents disagree' : '',
    reset.facts.reset.mustChange ? 'must be changed at the next sign-in' : '',
  ];
  const state = arrivalState(arrival);
  return { title: name, under: under.filter(Boolean).join(' · '), ...(state && { state }) };
}
