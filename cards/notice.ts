import template from './notice.json';
import { type Badge, type Card, colourOf, presenter, type Tone } from './shared/card';

export interface NoticeData {
  /** What happened, in a few words; the customer's name follows. */
  what: string;
  customer: string;
  tone: Tone;
  /** One sentence about all of it: what it means, what happens next. */
  lead?: string;
  rows: { title: string; lines: string[]; state?: Badge }[];
  /** The number of further accounts, in words. */
  more?: string;
  /** In small print: who explained it, or that it may be a repeat. */
  note?: string;
  buttons: { title: string; verb: string; data: Record<string, unknown> }[];
}

const render = presenter(template);

/** Says what happened at a customer. The same card later shows how it goes on. */
export const noticeCard = ({
  what,
  customer,
  tone,
  lead = '',
  rows,
  more = '',
  note = '',
  buttons,
}: NoticeData): Card =>
  render({
    style: tone === 'neutral' ? 'default' : tone,
    heading: `${what}: ${customer}`,
    speak: `${what}: ${customer}. ${lead}`,
    lead,
    rows: rows.map(rowOf),
    more,
    note,
    buttons,
  });

const rowOf = ({ title, lines, state }: NoticeData['rows'][number]) => ({
  title,
  lines: lines.map((line) => ({ line })),
  state: state ? `${state.symbol} ${state.text}` : '',
  colour: colourOf(state?.tone ?? 'neutral'),
});
