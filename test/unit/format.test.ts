import { counted, date, listed, when } from '../../cards/shared/format';

const NOW = Date.UTC(2026, 10, 23, 14, 30);
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

test.each([
  [NOW, 'just now'],
  [NOW - MINUTE + 1, 'just now'],
  [NOW - MINUTE, '1 minute ago'],
  [NOW - 59 * MINUTE, '59 minutes ago'],
  [NOW - HOUR, 'today 13:30 UTC'],
  [NOW - 15 * HOUR, 'yesterday 23:30 UTC'],
  [NOW - 2 * DAY, '2 days ago'],
  [NOW - 13 * DAY, '13 days ago'],
  [NOW - 14 * DAY, '9 Nov 2026'],
  [NOW + HOUR, 'today 15:30 UTC'],
  [NOW + 10 * HOUR, '24 Nov 2026 00:30 UTC'],
])('when(%d) is %s', (at, words) => {
  expect(when(at, NOW)).toBe(words);
});

test('a few minutes across midnight are still minutes', () => {
  const midnight = Date.UTC(2026, 10, 23);
  expect(when(midnight - MINUTE, midnight + MINUTE)).toBe('2 minutes ago');
});

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
