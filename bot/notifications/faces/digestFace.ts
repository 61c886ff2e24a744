import type { NoticeData } from '../../../cards/notice';
import { counted, listed } from '../../../cards/shared/format';
import { said } from '../../../cards/shared/said';
import type { CustomerEvent, EventKind } from '../../../domain/events/customerEvent';
import { noticeKindOf, noticeKinds } from '../kinds';
import { type CountedExplanation, countOf, explanationOf, explanations } from './explanations';
import type { Further } from './further';
import { isReset } from './resetRows';

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

const CUSTOMERS_SHOWN = 10;
const NAMED = 10;

/** The face of a digest: customers with unexplained resets come first, and these accounts are named. */
export function digestFace(
  told: readonly { customer: string; sum: Sum }[],
  now: number,
): Omit<NoticeData, 'buttons'> & { asks: boolean } {
  const open = (sum: Sum) => countOf(sum.explanations, 'unexplained');
  const rows = told.toSorted((a, b) => open(b.sum) - open(a.sum));
  const unexplained = told.reduce((sum, one) => sum + open(one.sum), 0);
  const more = rows.length - CUSTOMERS_SHOWN;
  return {
    what: 'While it was quiet',
    customer: counted(rows.length, 'customer'),
    tone: unexplained > 0 ? 'warning' : 'neutral',
    lead: unexplained > 0 ? leadOf(unexplained) : '',
    rows: rows.slice(0, CUSTOMERS_SHOWN).map(({ customer, sum }) => rowOf(customer, sum, open(sum))),
    more: more > 0 ? `and ${counted(more, 'more customer')}` : '',
    ...explanations(
      told.flatMap(({ sum }) => sum.explanations),
      now,
    ),
  };
}

const leadOf = (unexplained: number): string =>
  `Nobody at your company is known to have done ${counted(unexplained, 'password reset')} of these. Was it you?`;

function rowOf(
  title: string,
  { counts, accounts, unnamed, notThere }: Sum,
  unexplained: number,
): NoticeData['rows'][number] {
  // Kinds that only a newer version knows come last.
  const what = [...new Set([...ORDER, ...counts.keys()])].flatMap((told) => {
    const count = counts.get(told);
    return count ? [wordsOf(told, count)] : [];
  });
  const lines = [listed(what)];
  if (notThere > 0) lines.push(`${counted(notThere, 'password')} not there in Microsoft 365 after 10 min`);
  if (unexplained === 0) return { title, lines };
  const names = [...accounts].slice(0, NAMED).map((account) => said(account, 120));
  const more = accounts.size - names.length + unnamed;
  const text = `${unexplained.toLocaleString('en')} unexplained: ${listed(
    more > 0 ? [...names, `${more.toLocaleString('en')} more`] : names,
  )}`;
  return { title, lines, state: { text, tone: 'warning', symbol: '⚠' } };
}
