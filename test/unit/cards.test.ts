import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Card } from '../../cards/shared/card';
import { plain } from '../../cards/shared/literal';
import { SAMPLES } from '../fixtures/cards';
import { HOSTILE, HOSTILE_SAID, HOSTILE_SHOWN } from '../fixtures/cardTexts';
import { faultyCalls } from '../helpers/bot/cardCalls';

/** The renderer's CommonJS bundle; its `main` is an ES module. */
const {
  AdaptiveCard,
  SerializationContext,
}: typeof import('adaptivecards') = require('adaptivecards/dist/adaptivecards');

const CARDS = join(__dirname, '../../cards');
const FILES = readdirSync(CARDS)
  .filter((file) => file.endsWith('.json'))
  .map((file) => file.replace('.json', ''));
const VERBS = [
  'dialog',
  'command',
  'customers',
  'customer',
  'testAgain',
  'tenant',
  'leave',
  'place',
  'removePerson',
  'addPerson',
  'integration',
  'importStart',
  'importReview',
  'importApply',
  'importCancel',
  'importResult',
  'importList',
  'organization',
  'notifySave',
  'notifyStop',
  'explainResets',
  'agent',
  'replaceAgent',
];
const EVERY = Object.entries(SAMPLES).flatMap(([file, variants]) =>
  Object.entries(variants).map(([variant, card]) => [`${file} ${variant}`, card] as const),
);

type Node = Record<string, unknown>;

/** Every object in a card, outermost first. */
function nodesOf(node: unknown): Node[] {
  if (Array.isArray(node)) return node.flatMap(nodesOf);
  if (typeof node !== 'object' || node === null) return [];
  return [node as Node, ...Object.values(node).flatMap(nodesOf)];
}
const nodesOfType = (card: unknown, type: RegExp) =>
  nodesOf(card).filter((node) => type.test(String(node.type)));
const utf16 = (card: Card) => Buffer.byteLength(JSON.stringify(card), 'utf16le');
/** What a reader sees: without the marks that keep a text literal. */
const visible = (text: string) => text.replaceAll('\u2060', '').replace(/\\([\p{P}\p{S}])/gu, '$1');

/** Teams' people picker begins without a choice and looks for people as somebody types. */
const NO_CHOICE = 'An Input.ChoiceSet must have at least one choice defined.';

/** The objections of the renderer's own parser to a card. */
function faultsOf(card: Card): string[] {
  const context = new SerializationContext();
  const parsed = new AdaptiveCard();
  parsed.parse(card, context);
  const parsing = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message);
  const searches = nodesOf(card).some((node) => 'choices.data' in node);
  const faults = [...parsing, ...parsed.validateProperties().validationEvents.map((event) => event.message)];
  return faults.filter((fault) => !(searches && fault === NO_CHOICE));
}

test('every card file has samples', () => {
  expect(Object.keys(SAMPLES).sort()).toEqual([...FILES, 'fragments'].sort());
});

test('finds a fault in a card', () => {
  const button = { type: 'Action.Execute', verb: 'command', title: 'Open' };
  const cards = [
    { ...button, data: { command: 'custmer' } },
    { ...button, data: { command: 'customer', args: { customer: 'x' } } },
  ].map((action) => ({ type: 'AdaptiveCard' as const, speak: 'A card', actions: [action] }));
  expect(cards.flatMap(faultyCalls)).toEqual([
    'Open: no command is called “custmer”',
    'Open: “customer” does not take its data',
  ]);
  expect(faultsOf({ ...cards[0], type: 'AdaptiveCard', speak: '', body: [{ type: 'Unknown' }] })).not.toEqual(
    [],
  );
});

describe.each(EVERY)('%s', (name, card) => {
  test('is a faultless Adaptive Card 1.5 with every binding filled', () => {
    expect(faultsOf(card)).toEqual([]);
    expect(card.version).toBe('1.5');
    const shown = nodesOf(card).flatMap((node) =>
      Object.entries(node).filter(([key]) => !['value', 'search', 'statusName'].includes(key)),
    );
    expect(shown.filter(([, value]) => typeof value === 'string' && value.includes('${'))).toEqual([]);
    expect(JSON.stringify(card)).not.toMatch(/"(undefined|null|NaN|\[object Object\])"/);
  });

  test('has only known buttons with readable labels', () => {
    const actions = nodesOfType(card, /^Action\./).filter(({ type }) => type !== 'Action.ShowCard');
    const links = actions.filter((action) => action.type === 'Action.OpenUrl');
    const folds = actions.filter(({ type }) => /^Action\.(ToggleVisibility|ShowCard)$/.test(String(type)));
    const entered = nodesOf(card).flatMap(({ inlineAction }) => (inlineAction ? [inlineAction as Node] : []));
    const buttons = actions.filter((action) => ![...links, ...folds, ...entered].includes(action));
    for (const { type, title, data } of entered) {
      expect([type, VERBS.includes(String((data as Node).verb))]).toEqual(['Action.Submit', true]);
      expect(title).toBeTruthy();
    }
    expect(folds.filter((action) => !action.title)).toEqual([]);
    expect(links.filter(({ url, title }) => !String(url).startsWith('https://') || !title)).toEqual([]);
    expect(buttons.filter((action) => action.type !== 'Action.Execute')).toEqual([]);
    expect(buttons.filter((action) => !VERBS.includes(String(action.verb)) || !action.title)).toEqual([]);
  });

  test('has one primary action at most, and destructive ones last where there is something else to do', () => {
    const actions = nodesOfType(card, /^Action\.Execute$/);
    expect(actions.filter(({ style }) => style === 'positive').length).toBeLessThanOrEqual(1);
    for (const { actions: set } of nodesOfType(card, /^ActionSet$/) as { actions: Node[] }[]) {
      const styles = set
        .filter(({ type }) => type === 'Action.Execute')
        .map(({ style }) => style === 'destructive');
      expect(styles).toEqual(styles.toSorted());
    }
  });

  test('starts existing commands, with arguments that they accept', () => {
    expect(faultyCalls(card)).toEqual([]);
  });

  test('names its inputs and images, and has one heading', () => {
    const inputs = nodesOfType(card, /^Input\./);
    const labelOf = ({ type, label, title }: Node) => label ?? (type === 'Input.Toggle' ? title : undefined);
    expect(inputs.filter((input) => !input.id || !labelOf(input))).toEqual([]);
    expect(inputs.filter((input) => input.isRequired && !input.errorMessage)).toEqual([]);
    expect(inputs.filter((input) => input.style === 'expanded' && !input.wrap)).toEqual([]);
    expect(nodesOfType(card, /^Image$/).filter((image) => !image.altText)).toEqual([]);
    expect(nodesOf(card).filter((node) => node.style === 'heading')).toHaveLength(1);
  });

  test('says in signs or words what it says in colours', () => {
    const coloured = nodesOf(card).filter(({ color }) => /^(good|warning|attention)$/.test(String(color)));
    for (const { text } of coloured)
      expect(String(text).trim()).toMatch(/^([⚠✗✓●○⏸]|Failed|Created|Linked|Left out)/);
  });

  test('says in a sentence what alerts, lists of chats and screen readers tell of it', () => {
    expect(card.speak).toMatch(/\p{L}{3}/u);
    expect(card.speak).not.toMatch(/undefined|\[object|\{\{|\\(?![\p{L}\d])/u);
    expect(card.speak.length).toBeLessThanOrEqual(600);
  });

  test('shows times in the reader’s zone, and none that is only true when it is sent', () => {
    const texts = nodesOfType(card, /^Text(Block|Run)$/).map((node) => String(node.text));
    expect(texts.filter((text) => /\d UTC\b|just now|\bago\b|yesterday/.test(text))).toEqual([]);
  });

  test('has names that can be copied whole', () => {
    expect(JSON.stringify(card)).not.toMatch(/[\u200b\ufeff]|\u2060(?!\{)/);
  });

  test('is small enough', () => {
    expect(utf16(card)).toBeLessThan((/^(customers|help|importReview) /.test(name) ? 28 : 20) * 1024);
  });
});

describe('text from people', () => {
  test('appears only where no markdown is read', () => {
    const templates = FILES.map(
      (file) => JSON.parse(readFileSync(join(CARDS, `${file}.json`), 'utf8')) as unknown,
    );
    expect(nodesOfType(templates, /^(Fact|RichText)/)).toEqual([]);
  });

  test.each(EVERY.filter(([name]) => name.endsWith('hostile')))('%s shows it literally', (_, card) => {
    const texts = nodesOfType(card, /^(TextRun|TextBlock|Action\.Execute)$/).map((node) =>
      visible(String(node.text ?? node.title)),
    );
    expect(texts.some((text) => text.includes(HOSTILE_SHOWN) || text.includes(HOSTILE_SAID))).toBe(true);
    const blocks = nodesOfType(card, /^TextBlock$/).map((node) => String(node.text));
    expect(blocks.filter((text) => /(^|[^\\])[[*_`<]/.test(text))).toEqual([]);
    expect(JSON.stringify(nodesOfType(card, /^Text/))).not.toMatch(
      /\\r|\\n|\u202e|\{\{(?!(DATE|TIME)\((?!2026-02-14))/,
    );
  });

  test('comes back from buttons and inputs unchanged', () => {
    const inputs = nodesOfType(SAMPLES.nameStep?.hostile, /^Input\.Text$/);
    expect(inputs.map((input) => input.value)).toEqual([HOSTILE]);
  });

  test.each([
    ['**x** [a](http://b)', '\\*\\*x\\*\\* \\[a\\](http\\://b)'],
    ['- one', '\\- one'],
    ['12. one', '12\\. one'],
    ['# a\n> b', '\\# a \\> b'],
    ['Smith-Jones (UK) Ltd.', 'Smith-Jones (UK) Ltd.'],
    ['half \ud83d', 'half \ufffd'],
  ])('plain(%j)', (text, shown) => {
    expect(plain(text)).toBe(shown);
  });
});

test('a list can go back to its first page', () => {
  const actions = nodesOfType(SAMPLES.customers?.middle, /^Action/);
  const back = actions.find((action) => action.title === '‹ Previous');
  expect(back?.data).toEqual({ search: 'co', sort: 'changed', page: '' });
});

test.each([['codeStep', 'fresh', 'code', ' 123 456 ', '12345']])(
  '%s %s: the check of input %s accepts good answers',
  (file, variant, id, good, bad) => {
    const input = nodesOfType(SAMPLES[file]?.[variant], /^Input/).find((node) => node.id === id);
    const check = new RegExp(String(input?.regex));
    expect([check.test(good), check.test(bad), good.length <= Number(input?.maxLength)]).toEqual([
      true,
      false,
      true,
    ]);
  },
);

test('buttons that send no answer require none', () => {
  const answers = EVERY.flatMap(([, card]) => nodesOfType(card, /^Action/)).filter(
    (action) => action.verb === 'dialog',
  );
  const asking = answers.filter((action) => action.associatedInputs !== 'none');
  expect(new Set(asking.map((action) => (action.data as Node).do))).toEqual(new Set(['submit']));
  expect(answers.length).toBeGreaterThan(asking.length);
});
