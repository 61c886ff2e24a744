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
    heading,
    speak: note || `${heading}: ${progress}`,
    progress,
    note,
    steps: steps.map(shownStep),
    actions: actions.map(buttonOf),
  });
  const inside = steps.find(({ open }) => open)?.open?.inside;
  return placed(card, inside) as Card;
}

/** Puts the card of a question into its place, without its heading: the step says what it is about. */
function placed(node: unknown, inside: Card | undefined): unknown {
  if (typeof node !== 'object' || node === null) return node;
  if (Array.isArray(node)) return node.map((each) => placed(each, inside));
  if ('id' in node && node.id === 'inside') return { ...node, items: withoutHeading(inside) };
  const kept = Object.entries(node).filter(([, value]) => value !== null);
  return Object.fromEntries(kept.map(([key, value]) => [key, placed(value, inside)]));
}

const withoutHeading = (card: Card | undefined): Node[] =>
  ((card?.body ?? []) as Node[]).filter(({ style }) => style !== 'heading');

const buttonOf = ({ title, ...data }: CommandButton, index = 1) => ({
  title,
  data,
  style: index === 0 ? 'positive' : 'default',
});

const shownStep = ({ title, state: { symbol, text, tone }, opens, open }: SetUpRow) => ({
  title,
  symbol,
  state: text,
  colour: colourOf(tone),
  canOpen: opens !== undefined,
  opens: opens ? buttonOf(opens) : { title: '', data: {} },
  open: open !== undefined,
  details: (open?.details ?? []).map((detail) => ({ detail })),
  buttons: (open?.buttons ?? []).map(buttonOf),
});
