import { counted, date, listed, timeOfDay } from '../../cards/shared/format';

const NOW = Date.UTC(2026, 10, 23, 14, 30);
test('timeOfDay', () => expect(timeOfDay(NOW)).toBe('14:30 UTC'));

test('date', () => expect(date(NOW)).toBe('23 Nov 2026'));

test.each([
  [[], ''],
  [['a'], 'a'],
  [['a', 'b'], 'a and b'],
  [['a', 'b', 'c'], 'a, b and c'],
  [['a', 'b', 'c', 'd'], 'a, b and 2 more'],
])('listed(%j, 3)', (items: string[], words) => {
  expect(listed(items, items.length > 3 ? 2 : 3)).toBe(words);
});

test('counted', () => {
  expect([counted(0, 'user'), counted(1, 'user'), counted(12_345, 'user')]).toEqual([
    '0 users',
    '1 user',
    '12,345 users',
  ]);
});
