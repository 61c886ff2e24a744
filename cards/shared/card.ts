import { visibleText } from '../../domain/names/visibleText';
import { expansionOf, isFixed } from './template';

/** An Adaptive Card 1.5 as plain JSON, ready to be an attachment's content. */
export type Card = { type: 'AdaptiveCard' } & Record<string, unknown>;

/** The colour of a state. It is never the only sign: words and a symbol always say the same. */
export type Tone = 'good' | 'warning' | 'attention' | 'accent' | 'neutral';

/** A state in a few words, its colour and its symbol (one character). */
export interface Badge {
  text: string;
  tone: Tone;
  symbol: string;
}

/** What the card of every dialog step shows and sends. */
export interface StepData {
  /** The step that the buttons answer, so that the answer can be matched to it. */
  at: { run: string; step: string };
  canGoBack: boolean;
  /** Why the previous answer was refused. */
  problem?: string;
}

/**
 * A command by its title, with its arguments. Without arguments it runs as if somebody typed its title alone.
 */
export interface CommandCall {
  command: string;
  args?: object;
}

/** A button that starts a command. */
export interface CommandButton extends CommandCall {
  title: string;
}

/**
 * One option of a question. Its texts must be the product's own, because some clients read markdown in
 * choices.
 */
export interface Choice {
  value: string;
  title: string;
  detail: string;
}

const LONGEST = 600;
const SHOWN = ['text', 'title', 'label', 'placeholder', 'errorMessage', 'altText', 'speak', 'tooltip'];

/**
 * Makes a presenter of a card template: typed data in, card JSON out. The template is parsed when it is first
 * shown, because parsing all templates at once would take a fifth of the start. Every text of the data is
 * shown literally, no matter who wrote it: bindings are in TextRuns, which know no markdown, or in a
 * TextBlock through `plain`. Line breaks, control and bidirectional characters are removed, `${` and `{{` are
 * broken, words of more than 30 characters may wrap, and a text ends with an ellipsis after 600 characters.
 * The data of buttons is left unchanged. The data must have every field that the template names: a missing
 * one would show as its binding.
 */
export function presenter<Data extends object>(template: object): (data: Data) => Card {
  let expand: ReturnType<typeof expansionOf> | undefined;
  return (data) => {
    expand ??= expansionOf(template);
    return literal(expand(data)) as Card;
  };
}

/**
 * Text from people or vendors where markdown is read: in a chat sentence, or in a card's heading. It shows
 * literally there. Presenters do this for their own data.
 */
export const plain = (text: string): string =>
  oneLine(text)
    .replace(/[\\`*_~#|[\]<>&{}]/g, '\\$&')
    .replaceAll('://', '\\://')
    .replace(/^(\s*)([-+=])/, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/, '$1\\$2');

/** The theme's text colour for a tone. */
export const colourOf = (tone: Tone): string => (tone === 'neutral' ? 'default' : tone);

/**
 * Puts a sign before a sentence, which says the same as its colour: in high contrast all text has one colour.
 */
export const signOf = (tone: Tone): string => (tone === 'warning' || tone === 'attention' ? '⚠ ' : '');

/** Command buttons in rows of at most four, for the narrow pane: `{ buttons: { title, data }[] }[]`. */
export const buttonRows = (actions: readonly CommandButton[]) =>
  rowsOf(
    actions.map(({ title, ...data }) => ({ title, data })),
    4,
  ).map((buttons) => ({ buttons }));

/** All of these, so many in a row. */
export const rowsOf = <Item>(items: readonly Item[], perRow: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / perRow) }, (_, row) =>
    items.slice(row * perRow, (row + 1) * perRow),
  );

/** A state as a card shows it: its symbol and words, and its colour. */
export const shownState = ({ symbol, text, tone }: Badge) => ({
  state: `${symbol} ${text}`,
  colour: colourOf(tone),
});

/**
 * Choices for an Input.ChoiceSet, each with its explanation in its label, so that screen readers read it
 * along.
 */
export const explained = (choices: readonly Choice[]) =>
  choices.map(({ value, title, detail }) => ({ value, title: detail ? `${title}: ${detail}` : title }));

function literal(node: unknown): unknown {
  if (typeof node !== 'object' || node === null || isFixed(node)) return node;
  if (Array.isArray(node)) return node.map(literal);
  const show = 'type' in node && node.type === 'TextRun' ? breakable : oneLine;
  const shown: Record<string, unknown> = {};
  for (const [key, value] of Object.entries(node)) shown[key] = literalField(key, value, show);
  return shown;
}

function literalField(key: string, value: unknown, show: (text: string) => string): unknown {
  if (key === 'data') return value;
  return typeof value === 'string' && SHOWN.includes(key) ? show(value) : literal(value);
}

/** Rich text does not break words by itself: a word wider than the pane would run out of the card. */
const breakable = (text: string) =>
  oneLine(text).replace(/[\p{L}\p{M}\p{N}\p{P}\p{S}\u2060]{30}(?=[\p{L}\p{N}])/gu, '$&\u200b');

/**
 * Text on one line and of limited length, without line breaks, control, bidirectional or invisible
 * characters, halves of characters, `${` or `{{`.
 */
function oneLine(text: string): string {
  const line = HARMLESS.test(text) ? text : cleaned(text);
  return line.length > LONGEST ? `${line.slice(0, LONGEST - 1).replace(/\p{Cs}$/u, '')}…` : line;
}

/** Most texts match this, and need no further check. */
const HARMLESS = /^[\x20-\x23\x25-\x7a\x7c-\x7e\xa0-\xac\xae-\xff\u2010-\u2027]*$/;

const cleaned = (text: string): string =>
  visibleText(text)
    .replace(/\p{Cs}/gu, '\ufffd')
    .replace(/([${])(?=\{)/g, '$1\u2060');
