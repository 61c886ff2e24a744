import { badgesOf } from './fragments/badges';
import { type Fact, factsOf } from './fragments/facts';
import { headerOf } from './fragments/header';
import { type Button, moreOf } from './fragments/more';
import { rowOf } from './fragments/row';
import template from './notice.json';
import { type Badge, type Card, colourOf, presenter, type Tone } from './shared/card';
import { joined, line, type Text } from './shared/time';

/** One line of a list; two at most. */
export type NoticeRow = Omit<Parameters<typeof rowOf>[0], 'open'>;

export interface NoticeData {
  /** The news: who did what to whom. */
  heading: Text;
  /** The same in a few words, for alerts; absent: the heading. */
  brief?: Text;
  customer: string;
  /** Where and when, behind the customer's name. */
  where?: Text;
  tone: Tone;
  badges?: readonly Badge[];
  facts?: readonly Fact[];
  /** What it means and what to do, or the question. */
  lead?: Text;
  rows?: readonly NoticeRow[];
  /** The number of rows that are not shown, in words. */
  more?: string;
  /** Rows that a button shows; `noun`: what they are. */
  fold?: { noun: string; rows: readonly NoticeRow[]; more?: string };
  /** What people answered. */
  answers?: readonly (Omit<Badge, 'text'> & { text: Text })[];
  /** In small print. */
  note?: Text;
  buttons: readonly Button[];
}

const render = presenter(template);

/** Says what happened at a customer. The same card later shows how it goes on. */
export function noticeCard(data: NoticeData): Card {
  const { heading, brief = heading, customer, where = '', tone, fold } = data;
  return render({
    speak: line`${brief}, ${customer}`,
    header: headerOf({ heading, tone, under: joined([customer, ...(where === '' ? [] : [where])], ' · ') }),
    badges: badgesOf(data.badges ?? []),
    facts: factsOf(data.facts ?? []),
    lead: data.lead ?? '',
    rows: (data.rows ?? []).map(rowOf),
    more: data.more ?? '',
    folds: fold ? [{ noun: fold.noun, rows: fold.rows.map(rowOf), more: fold.more ?? '' }] : [],
    answers: (data.answers ?? []).map(({ tone: of, ...answer }) => ({ ...answer, colour: colourOf(of) })),
    note: data.note ?? '',
    actions: moreOf(data.buttons),
  });
}
