import type { Card } from '../../../cards/shared/card';
import { date, timeOfDay } from '../../../cards/shared/format';

type Node = Record<string, unknown>;

/** Every object in a card, outermost first. */
export function nodesOf(node: unknown): Node[] {
  if (Array.isArray(node)) return node.flatMap(nodesOf);
  if (typeof node !== 'object' || node === null) return [];
  return [node as Node, ...Object.values(node).flatMap(nodesOf)];
}

/** What a person in UTC reads on a card, without the marks that only keep a text literal. */
export const textOf = (card: Card | undefined): string =>
  nodesOf(card)
    .flatMap(({ type, text, title }) => {
      if (type === 'TextBlock') return [blockText(String(text))];
      return type === 'TextRun' ? [text] : type === 'Action.Execute' ? [`[${title}]`] : [];
    })
    .join(' ')
    .replaceAll('\u2060', '');

/** A TextBlock's text as a client shows it: marks read, moments put in. */
export const blockText = (markdown: string): string =>
  markdown
    .replace(/\{\{DATE\(([^,)]+)(?:, \w+)?\)\}\}/g, (_, at: string) => date(Date.parse(at)))
    .replace(/\{\{TIME\(([^)]+)\)\}\}/g, (_, at: string) => timeOfDay(Date.parse(at)))
    .replace(/\\([\p{P}\p{S}])/gu, '$1');

export const buttonsOf = (card: Card | undefined): string[] =>
  nodesOf(card).flatMap(({ type, title }) => (type === 'Action.Execute' ? [String(title)] : []));

/**
 * What a button sends: its data and its inputs, with their values or with what the person filled in. Enter in
 * an input is the button beside it, and its verb is among the data.
 */
export function pressed(card: Card | undefined, title: string, inputs: Record<string, string>) {
  const button = nodesOf(card).find(
    ({ type, title: shown }) =>
      /^Action\.(Execute|Submit)$/.test(String(type)) && String(shown).startsWith(title),
  );
  if (!button) throw new Error(`no button ${title} on: ${textOf(card)}`);
  const filled = button.associatedInputs === 'none' ? {} : { ...standingInputs(card), ...inputs };
  return { type: button.type, verb: button.verb, data: { ...(button.data as Node), ...filled } };
}

/** What the inputs of a card hold. */
export const standingInputs = (card: Card | undefined): Record<string, string> =>
  Object.fromEntries(
    nodesOf(card)
      .filter(({ type, value }) => String(type).startsWith('Input.') && value)
      .map(({ id, value }) => [String(id), String(value)]),
  );
