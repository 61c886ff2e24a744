import { badgesOf } from '../../cards/fragments/badges';
import { factsOf } from '../../cards/fragments/facts';
import { withFragments } from '../../cards/fragments/fragments';
import { headerOf } from '../../cards/fragments/header';
import { commandButton, moreOf } from '../../cards/fragments/more';
import { pagerOf } from '../../cards/fragments/pager';
import { rowOf } from '../../cards/fragments/row';
import { presenter } from '../../cards/shared/card';
import { buttonsOf, nodesOf, textOf } from '../helpers/botWorld/cardReader';

const shown = (fragment: string, data: unknown) =>
  presenter({ type: 'AdaptiveCard', body: [{ $fragment: fragment, $data: '${data}' }] })({
    speak: 'A card',
    data,
  });
const button = (title: string, style?: 'positive' | 'destructive') =>
  commandButton(title, { command: 'help' }, style ? { style } : {});
const inSight = (card: ReturnType<typeof shown>) => {
  const [set] = card.body as [{ actions: { title: string }[] }];
  return set.actions.map(({ title }) => title);
};

test('a fragment is found by its name, anywhere in a template', () => {
  expect(withFragments({ items: [{ $fragment: 'header', $data: '${top}' }] })).toEqual({
    items: [expect.objectContaining({ type: 'Container', $data: '${top}' })],
  });
  expect(() => withFragments({ $fragment: 'heading' })).toThrow('no fragment is called heading');
});

test('at most three buttons are in sight, in their order, and destructive ones come last', () => {
  const card = shown(
    'more',
    moreOf(
      ['Remove', 'Open', 'Agents', 'Rename', 'Test'].map((title) =>
        button(title, title === 'Remove' ? 'destructive' : undefined),
      ),
    ),
  );
  expect(inSight(card)).toEqual(['Open', 'Agents', 'Rename', 'More']);
  expect(buttonsOf(card)).toEqual(['Open', 'Agents', 'Rename', 'Test', 'Remove']);
});

test('three buttons need no More, and none show nothing', () => {
  expect(
    inSight(shown('more', moreOf([button('A'), button('B'), { title: 'C', url: 'https://c.example' }]))),
  ).toEqual(['A', 'B', 'C']);
  expect(shown('more', moreOf([])).body).toEqual([]);
});

test('a button sends what was typed only where it says so', () => {
  const sets = nodesOf(
    shown('more', moreOf([button('Open'), { title: 'Save', verb: 'save', data: {}, sendsInputs: true }])),
  );
  const inputs = sets
    .filter(({ verb }) => verb)
    .map(({ title, associatedInputs }) => [title, associatedInputs]);
  expect(inputs).toEqual([
    ['Open', 'none'],
    ['Save', 'auto'],
  ]);
});

test('facts and badges that say nothing are left out', () => {
  expect(
    textOf(
      shown(
        'facts',
        factsOf([
          ['Tenant', 'fabrikam.example'],
          ['Sync', ''],
        ]),
      ),
    ),
  ).toBe('Tenant fabrikam.example');
  expect(shown('badges', badgesOf([])).body).toEqual([]);
});

test('colour stands on the symbol of a state alone', () => {
  const state = { symbol: '✗', text: 'failed', tone: 'attention' } as const;
  const cards = [
    shown('row', rowOf({ title: 'Fabrikam', state })),
    shown('facts', factsOf([['State', state]])),
    shown('badges', badgesOf([state])),
  ];
  for (const card of cards) {
    const coloured = nodesOf(card).filter(({ color }) => color === 'attention');
    expect(coloured.map(({ text }) => String(text).trim())).toEqual(['✗']);
  }
});

test('a row can be opened only where it says what opens', () => {
  const open = { title: 'Open Fabrikam', verb: 'customer', data: { customerId: 'c' } };
  const [closed, opening] = [rowOf({ title: 'Fabrikam' }), rowOf({ title: 'Fabrikam', open })].map(
    (row) => (shown('row', row).body as { selectAction?: object }[])[0],
  );
  expect(closed).not.toHaveProperty('selectAction');
  expect(opening?.selectAction).toMatchObject({ type: 'Action.Execute', ...open });
});

test('a header has the one heading, and no empty line below it', () => {
  const texts = nodesOf(shown('header', headerOf({ heading: 'News' }))).filter(
    ({ type }) => type === 'TextBlock',
  );
  expect(texts).toHaveLength(1);
  expect(texts[0]).toMatchObject({ text: 'News', style: 'heading', wrap: true });
});

test('a pager has no button beyond its ends', () => {
  const at = (page: number) =>
    buttonsOf(
      shown(
        'pager',
        pagerOf({ rows: [1, 2], total: 6, page, perPage: 2 }, 'customers', (to) => ({ to })),
      ),
    );
  expect([at(0), at(1), at(2)]).toEqual([['Next ›'], ['‹ Previous', 'Next ›'], ['‹ Previous']]);
});
