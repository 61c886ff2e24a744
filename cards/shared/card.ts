import { withFragments } from '../fragments/fragments';
import { literal, shownText } from './literal';
import { expansionOf } from './template';
import type { Text } from './time';

/** An Adaptive Card 1.5 as plain JSON, ready to be an attachment's content. */
export type Card = {
  type: 'AdaptiveCard';
  /** The news in one sentence: what alerts and lists of chats show, and screen readers read first. */
  speak: string;
} & Record<string, unknown>;

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

/**
 * Makes a presenter of a card template: typed data in, card JSON out. The template is parsed when it is first
 * shown, because parsing all templates at once would take a fifth of the start. Every text of the data is
 * shown literally, no matter who wrote it (`literal`), so a presenter escapes nothing. A `Line` in a
 * TextBlock shows its moments in the reader's zone; bind it alone ("${line}"). The data must have every
 * field that the template names: a missing one would show as its binding.
 */
export function presenter(template: object): <Data extends { speak: Text }>(data: Data) => Card {
  let expand: ReturnType<typeof expansionOf> | undefined;
  return (data) => {
    expand ??= expansionOf(withFragments(template));
    return { ...(literal(expand(data)) as Card), speak: shownText(data.speak) };
  };
}

/** The theme's text colour for a tone. */
export const colourOf = (tone: Tone): string => (tone === 'neutral' ? 'default' : tone);

/** All of these, so many in a row. */
export const rowsOf = <Item>(items: readonly Item[], perRow: number): Item[][] =>
  Array.from({ length: Math.ceil(items.length / perRow) }, (_, row) =>
    items.slice(row * perRow, (row + 1) * perRow),
  );

/**
 * Choices for an Input.ChoiceSet, each with its explanation in its label, so that screen readers read it
 * along.
 */
export const explained = (choices: readonly Choice[]) =>
  choices.map(({ value, title, detail }) => ({ value, title: detail ? `${title}: ${detail}` : title }));
