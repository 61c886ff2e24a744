import { placeOf, tokenAfter } from '../../../connectors/shared/places';

const ids = (count: number, from = 1) => Array.from({ length: count }, (_, index) => String(from + index));

describe('the place in a list', () => {
  test('goes on page by page while pages are full, and ends at one that is not', () => {
    const second = tokenAfter(placeOf(undefined), ids(1000));
    expect(placeOf(second)).toMatchObject({ page: 2, size: 1000 });
    const third = tokenAfter(placeOf(second), ids(1000, 2001));
    expect(placeOf(third)).toMatchObject({ page: 3, size: 1000 });
    expect(tokenAfter(placeOf(third), ids(999, 5001))).toBeUndefined();
    expect(tokenAfter(placeOf(third), [])).toBeUndefined();
  });

  test('follows what the vendor says before what it seems', () => {
    expect(tokenAfter(placeOf(undefined), ids(1000), null)).toBeUndefined();
    expect(placeOf(tokenAfter(placeOf(undefined), ids(3), 2)).page).toBe(2);
  });

  test('an empty page is the last one only when the vendor says so', () => {
    const second = tokenAfter(placeOf(undefined), ids(1000), 2);
    const third = tokenAfter(placeOf(second), [], 3);
    expect(placeOf(third).page).toBe(3);
    const fourth = tokenAfter(placeOf(third), [], 4);
    expect(placeOf(fourth).page).toBe(4);
    expect(tokenAfter(placeOf(fourth), ids(5, 1001), null)).toBeUndefined();
    expect(tokenAfter(placeOf(second), [], null)).toBeUndefined();
    expect(() => tokenAfter(placeOf(second), [], 2)).toThrow('endless');
  });

  test('is endless when a page comes again, the one before or the first', () => {
    const second = tokenAfter(placeOf(undefined), ids(1000));
    const third = tokenAfter(placeOf(second), ids(1000, 2001));
    const fourth = tokenAfter(placeOf(third), ids(1000, 3001));
    expect(() => tokenAfter(placeOf(fourth), ids(1000, 3001))).toThrow('endless');
    expect(() => tokenAfter(placeOf(fourth), ids(1000))).toThrow('endless');
    expect(() => tokenAfter(placeOf(second), ids(1000), null)).toThrow('endless');
  });

  test('is endless when the next page does not grow', () => {
    const second = tokenAfter(placeOf(undefined), ids(1000));
    for (const told of [0, 1, 2])
      expect(() => tokenAfter(placeOf(second), ids(10, 2001), told)).toThrow('endless');
    expect(placeOf(tokenAfter(placeOf(second), ids(10, 2001), 3)).page).toBe(3);
  });

  test.each([
    [1000, 200],
    [100, 2000],
    [25, 2000],
  ])('comes to an end in a list of pages of %i that never ends, after %i', (size, most) => {
    let token = tokenAfter(placeOf(undefined), ids(size));
    let pages = 1;
    const readAll = () => {
      for (; token; pages++) token = tokenAfter(placeOf(token), ids(size, pages * size + 1));
    };
    expect(readAll).toThrow('endless');
    expect(pages).toBe(most - 1);
  });

  test('takes a first page that was cut for a full one', () => {
    const second = tokenAfter(placeOf(undefined), ids(100));
    expect(placeOf(second)).toMatchObject({ page: 2, size: 100 });
    expect(tokenAfter(placeOf(second), ids(99, 101))).toBeUndefined();
    expect(tokenAfter(placeOf(undefined), ids(101))).toBeUndefined();
  });

  test.each(['', 'x', '[1]', '[0,1000,[]]', '[2,1000,["a","b","c"]]'])('is not in %p', (token) => {
    expect(() => placeOf(token)).toThrow();
  });
});
