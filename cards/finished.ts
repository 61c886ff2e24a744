import template from './finished.json';
import { buttonRows, type Card, type CommandButton, presenter, type Tone } from './shared/card';

export interface FinishedData {
  title: string;
  lines: string[];
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
    heading: `${SIGNS[tone]} ${title}`,
    speak: lines.length > 0 ? `${title}. ${lines[0]}` : title,
    lines: lines.map((line) => ({ line })),
    style: tone === 'neutral' ? 'emphasis' : tone,
    rows: buttonRows(actions),
  });
