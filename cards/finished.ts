import template from './finished.json';
import type { Card, CommandButton, Tone } from './shared/card';
import { buttonRows, plain, presenter } from './shared/card';

export interface FinishedData {
  title: string;
  lines: string[];
  tone: Exclude<Tone, 'accent'>;
  actions?: CommandButton[];
}

const SIGNS = { good: '✓', neutral: 'ℹ', warning: '⚠', attention: '✗' };

const render = presenter(template);

/** A result or a notice. It also replaces the card of an answered, left or expired step. */
export const finishedCard = ({ title, lines, tone, actions = [] }: FinishedData): Card =>
  render({
    heading: `${SIGNS[tone]} ${plain(title)}`,
    lines: lines.map((line) => ({ line })),
    style: tone === 'neutral' ? 'emphasis' : tone,
    rows: buttonRows(actions),
  });
