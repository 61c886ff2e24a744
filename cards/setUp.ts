import { headerOf } from './fragments/header';
import { type Button, commandButton, moreOf } from './fragments/more';
import template from './setUp.json';
import { type Badge, type Card, type CommandButton, colourOf, presenter } from './shared/card';

export interface SetUpRow {
  title: string;
  /** How far the step is. A step that is not done shows its number as symbol. */
  state: Badge;
  /** Opens the step; absent while it is open, or while an answer is awaited. */
  opens?: CommandButton;
  /** Present on the open step: what to do, and the buttons for it, the first of which is the next click. */
  open?: { details: string[]; buttons: CommandButton[]; inside?: Card };
}

export interface SetUpData {
  /** The customer's name. */
  customer: string;
  /** What the last click did. */
  note?: string;
  steps: SetUpRow[];
  done: boolean;
  progress: string;
  actions: CommandButton[];
}

const render = presenter(template);

type Node = Record<string, unknown>;

/** Setting up a customer: its steps, the next one open. The card of a question stands inside its step. */
export function setUpCard({ customer, note = '', steps, done, progress, actions }: SetUpData): Card {
  const heading = done ? `✓ ${customer} is set up` : `Set up ${customer}`;
  const card = render({
    ...headerOf({ heading, under: progress }),
    speak: note || `${heading}: ${progress}`,
    note,
    steps: steps.map(shownStep),
    actions: moreOf(actions.map((action) => buttonOf(action))),
  });
  const inside = steps.find(({ open }) => open)?.open?.inside;
  return placed(card, inside) as Card;
}

/** Puts the card of a question into its place. */
function placed(node: unknown, inside: Card | undefined): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map((each) => placed(each, inside));
  if ('id' in node && node.id === 'inside') return { ...node, items: here(inside?.body ?? []) };
  const kept = Object.entries(node).filter(([, value]) => value !== null);
  return Object.fromEntries(kept.map(([key, value]) => [key, placed(value, inside)]));
}

/** The verbs of questions that have to know on which card they stand. */
const ASKS_HERE = ['tenant', 'testAgain'];

/** The body of a question as a part of this card, which has a heading of its own. */
function here(node: unknown): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map(here);
  const { verb, data, style, size: _large, ...rest } = node as Node;
  if (ASKS_HERE.includes(String(verb))) return { ...node, data: { ...(data as object), here: true } };
  if (style === 'heading') return rest;
  return Object.fromEntries(Object.entries(node).map(([key, value]) => [key, here(value)]));
}

const buttonOf = ({ title, ...call }: CommandButton, index = 1): Button =>
  commandButton(title, call, index === 0 ? { style: 'positive' } : {});

const shownStep = ({ title, state: { symbol, text, tone }, opens, open }: SetUpRow) => ({
  title,
  symbol,
  state: text,
  colour: colourOf(tone),
  canOpen: opens !== undefined,
  opens: opens ? buttonOf(opens) : { title: '', data: {} },
  open: open !== undefined,
  details: (open?.details ?? []).map((detail) => ({ detail })),
  buttons: moreOf((open?.buttons ?? []).map((button, index) => buttonOf(button, open?.inside ? 1 : index))),
});
