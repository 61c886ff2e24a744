import template from './finished.json';
import { headerOf } from './fragments/header';
import { commandButton, moreOf } from './fragments/more';
import { type Card, type CommandButton, presenter, type Tone } from './shared/card';
import { line, type Text } from './shared/time';

export interface FinishedData {
  title: Text;
  lines: Text[];
  tone: Exclude<Tone, 'accent'>;
  actions?: CommandButton[];
}

export const openCustomer = (customerId: string): CommandButton => ({
  title: 'Open customer',
  command: 'customer',
  args: { customerId },
});

const SIGNS = { good: '✓', neutral: 'ℹ', warning: '⚠', attention: '✗' };

const render = presenter(template);

/** A result or a notice. It also replaces the card of an answered, left or expired step. */
export const finishedCard = ({ title, lines, tone, actions = [] }: FinishedData): Card =>
  render({
    header: headerOf({ heading: line`${SIGNS[tone]} ${title}`, tone }),
    speak: lines.length > 0 ? line`${title}. ${lines[0] ?? ''}` : title,
    lines: lines.map((each) => ({ line: each })),
    menu: moreOf(actions.map(({ title, ...call }) => commandButton(title, call))),
  });
