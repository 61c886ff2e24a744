import type { NoticeData, NoticeRow } from '../../../cards/notice';
import { counted, listed } from '../../../cards/shared/format';
import { said } from '../../../cards/shared/said';
import type { CustomerEvent, EventKind } from '../../../domain/events/customerEvent';
import { noticeKindOf, noticeKinds } from '../kinds';
import { type CountedExplanation, countOf, explanationOf, explanations } from './explanations';
import type { Face } from './face';
import type { Further } from './further';
import { isReset } from './resetEvent';

type ToldKind = EventKind | 'passwordChange';

/** What a digest tells about one customer, summed up. */
export interface Sum {
  counts: Map<ToldKind, number>;
  explanations: CountedExplanation[];
  /** Accounts with unexplained resets; `unnamed` counts the further ones. */
  accounts: Set<string>;
  unnamed: number;
  notThere: number;
}

export const emptySum = (): Sum => ({
  counts: new Map(),
  explanations: [],
  accounts: new Set(),
  unnamed: 0,
  notThere: 0,
});

/** Adds these events to the sum and returns it; it changes `sum` itself. */
export function summed(sum: Sum, events: readonly CustomerEvent[]): Sum {
  for (const event of events) {
    const told = toldAs(event);
    sum.counts.set(told, (sum.counts.get(told) ?? 0) + 1);
    if (!isReset(event)) continue;
    const { user } = event.facts.reset;
    const said = explanationOf(event);
    sum.explanations.push(said);
    if (said.explanation.state === 'unexplained') sum.accounts.add(user.displayName || user.samAccountName);
    if (event.facts.arrival.state === 'notThere') sum.notThere++;
  }
  return sum;
}

/** The sum with the events that joined a notice beyond its list. */
export function summedFurther(sum: Sum, kind: EventKind, { total, explanations, arrivals }: Further): Sum {
  const changes = countOf(explanations, 'user');
  const add = (told: ToldKind, count: number) =>
    count > 0 && sum.counts.set(told, (sum.counts.get(told) ?? 0) + count);
  add('passwordChange', changes);
  add(kind, total - changes);
  sum.explanations.push(...explanations);
  sum.unnamed += countOf(explanations, 'unexplained');
  sum.notThere += arrivals.notThere ?? 0;
  return sum;
}

const toldAs = ({ facts }: CustomerEvent): ToldKind =>
  'explanation' in facts && facts.explanation.state === 'user' ? 'passwordChange' : facts.kind;

const ORDER: readonly ToldKind[] = [...(Object.keys(noticeKinds) as EventKind[]), 'passwordChange'];

const wordsOf = (told: ToldKind, count: number): string =>
  told === 'passwordChange' ? counted(count, 'password change') : noticeKindOf(told).digest(count);

/** Rows in sight, and accounts that a row names. */
const CUSTOMERS_SHOWN = 5;
const NAMED = 10;

/**
 * The face of a digest, which was made at `told`: one row for each customer, those with unexplained resets
 * first. Their accounts are named behind a button.
 */
export function digestFace(
  told: readonly Told[],
  madeAt: number,
): Omit<NoticeData, 'buttons' | 'note'> & Pick<Face, 'asks'> {
  const open = ({ sum }: Told) => countOf(sum.explanations, 'unexplained');
  const customers = told.toSorted((a, b) => open(b) - open(a));
  const shown = customers.slice(0, CUSTOMERS_SHOWN);
  const unexplained = told.reduce((sum, one) => sum + open(one), 0);
  const more = customers.length - shown.length;
  const accounts = shown.filter((one) => open(one) > 0).map(accountsOf);
  return {
    heading: 'While it was quiet',
    brief:
      unexplained > 0
        ? `While it was quiet: ${counted(unexplained, 'unexplained reset')}`
        : 'While it was quiet',
    customer: counted(told.length, 'customer'),
    tone: unexplained > 0 ? 'warning' : 'neutral',
    lead: unexplained > 0 ? questionOf(unexplained) : '',
    rows: shown.map((one) => rowOf(one, open(one))),
    ...(more > 0 && { more: `and ${counted(more, 'more customer')}` }),
    ...(accounts.length > 0 && { fold: { noun: 'accounts', rows: accounts } }),
    ...explanations(
      told.flatMap(({ sum }) => sum.explanations),
      madeAt,
    ),
  };
}

const questionOf = (unexplained: number): string =>
  `${counted(unexplained, 'password reset')} ${unexplained === 1 ? 'is' : 'are'} unexplained. Was that your team?`;

interface Told {
  customer: string;
  sum: Sum;
}

function rowOf({ customer, sum: { counts, notThere } }: Told, unexplained: number): NoticeRow {
  const failed = Math.max(notThere, counts.get('arrivalFailed') ?? 0);
  // Kinds that only a newer version knows come last.
  const kinds = [...new Set([...ORDER, ...counts.keys()])].filter((told) => told !== 'arrivalFailed');
  const what = kinds.flatMap((told) => {
    const count = counts.get(told);
    return count ? [wordsOf(told, count)] : [];
  });
  if (failed > 0) what.push(noticeKindOf('arrivalFailed').digest(failed));
  const state = {
    text: `${unexplained.toLocaleString('en')} unexplained`,
    tone: 'warning',
    symbol: '⚠',
  } as const;
  return { title: customer, under: listed(what), ...(unexplained > 0 && { state }) };
}

/** The accounts with unexplained resets, by name. */
function accountsOf({ customer, sum: { accounts, unnamed } }: Told): NoticeRow {
  const names = [...accounts].slice(0, NAMED).map((account) => said(account, 120));
  const more = accounts.size - names.length + unnamed;
  return {
    title: customer,
    under: listed(more > 0 ? [...names, `${more.toLocaleString('en')} more`] : names),
  };
}
