import { bestMatches } from '../../../connectors/shared/bestMatches';

const names = (typed: string, ...found: string[]) =>
  bestMatches(
    typed,
    found.map((name, index) => ({ id: String(index), name, state: 'active' })),
    10,
  ).map(({ name }) => name);

test.each([
  ['contoso ltd', ['CONTOSO, Ltd.', 'Contoso Ltd'], ['Contoso East', 'Ltd']],
  ['CÖNTOSO', ['Contoso', 'cöntoso'], []],
  ['ltd contoso', ['Contoso Ltd'], ['Ltd']],
  ['النور', ['شركة النور'], ['شركة']],
  ['🍕', ['🍕 Pizza'], ['Pizza']],
  ['', [], ['Contoso', '']],
  ['. ,', [], ['Contoso', '']],
])('%p finds %j and not %j', (typed, found, others) => {
  expect(names(typed, ...others, ...found).sort()).toEqual([...found].sort());
});

test('puts the nearest first: the name, its beginning, the beginning of a word, a part of a word', () => {
  const near = ['North', 'Northwind', 'The North', 'Unnorthern'];
  expect(names('north', ...near.toReversed())).toEqual(near);
});
