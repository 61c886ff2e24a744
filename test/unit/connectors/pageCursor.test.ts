import { cursorOf, tokenAfter } from '../../../connectors/shared/pageCursor';

const ids = (count: number, from = 1) => Array.from({ length: count }, (_, index) => String(from + index));

describe('the cursor of a list of pages', () => {
  test('moves on while pages are full, and ends at a page that is not full', () => {
    const second = tokenAfter(cursorOf(undefined), ids(1000));
    expect(cursorOf(second)).toMatchObject({ page: 2, size: 1000 });
    const third = tokenAfter(cursorOf(second), ids(1000, 2001));
    expect(cursorOf(third)).toMatchObject({ page: 3, size: 1000 });
    expect(tokenAfter(cursorOf(third), ids(999, 5001))).toBeUndefined();
    expect(tokenAfter(cursorOf(third), [])).toBeUndefined();
  });

  test('follows what the vendor says rather than the size of the page', () => {
    expect(tokenAfter(cursorOf(undefined), ids(1000), null)).toBeUndefined();
    expect(cursorOf(tokenAfter(cursorOf(undefined), ids(3), 2)).page).toBe(2);
  });

  test('an empty page is the last one only when the vendor says so', () => {
    const second = tokenAfter(cursorOf(undefined), ids(1000), 2);
    const third = tokenAfter(cursorOf(second), [], 3);
    expect(cursorOf(third).page).toBe(3);
    const fourth = tokenAfter(cursorOf(third), [], 4);
    expect(cursorOf(fourth).page).toBe(4);
    expect(tokenAfter(cursorOf(fourth), ids(5, 1001), null)).toBeUndefined();
    expect(tokenAfter(cursorOf(second), [], null)).toBeUndefined();
    expect(() => tokenAfter(cursorOf(second), [], 2)).toThrow('endless');
  });

  test('is endless when the previous or the first page comes again', () => {
    const second = tokenAfter(cursorOf(undefined), ids(1000));
    const third = tokenAfter(cursorOf(second), ids(1000, 2001));
    const fourth = tokenAfter(cursorOf(third), ids(1000, 3001));
    expect(() => tokenAfter(cursorOf(fourth), ids(1000, 3001))).toThrow('endless');
    expect(() => tokenAfter(cursorOf(fourth), ids(1000))).toThrow('endless');
    expect(() => tokenAfter(cursorOf(second), ids(1000), null)).toThrow('endless');
  });

  test('is endless when the number of the next page is not higher', () => {
    const second = tokenAfter(cursorOf(undefined), ids(1000));
    for (const stated of [0, 1, 2])
      expect(() => tokenAfter(cursorOf(second), ids(10, 2001), stated)).toThrow('endless');
    expect(cursorOf(tokenAfter(cursorOf(second), ids(10, 2001), 3)).page).toBe(3);
  });

  test.each([
    [1000, 200],
    [100, 2000],
    [25, 2000],
  ])('stops in an endless list with pages of %i rows at page %i', (size, most) => {
    let token = tokenAfter(cursorOf(undefined), ids(size));
    let pages = 1;
    const readAll = () => {
      for (; token; pages++) token = tokenAfter(cursorOf(token), ids(size, pages * size + 1));
    };
    expect(readAll).toThrow('endless');
    expect(pages).toBe(most - 1);
  });

  test('takes a cut first page for a full one', () => {
    const second = tokenAfter(cursorOf(undefined), ids(100));
    expect(cursorOf(second)).toMatchObject({ page: 2, size: 100 });
    expect(tokenAfter(cursorOf(second), ids(99, 101))).toBeUndefined();
    expect(tokenAfter(cursorOf(undefined), ids(101))).toBeUndefined();
  });

  test.each(['', 'x', '[1]', '[0,1000,[]]', '[2,1000,["a","b","c"]]'])('cannot be read from %p', (token) => {
    expect(() => cursorOf(token)).toThrow();
  });
});
