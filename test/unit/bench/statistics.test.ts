import { interleaved } from '../../../bench/measure/interleaved';
import { median, percentile, ratioOfMeans, ratioOfMedians } from '../../../bench/measure/statistics';

describe('a median', () => {
  it.each([
    [[], Number.NaN],
    [[3], 3],
    [[9, 1, 5], 5],
    [[1, 2, 10, 4], 3],
  ])('of %j is %d', (values, expected) => expect(median(values)).toBe(expected));
});

it('a percentile is a measured value', () => {
  const values = Array.from({ length: 100 }, (_, n) => 100 - n);
  expect([0, 0.5, 0.95, 0.99, 1].map((p) => percentile(values, p))).toEqual([1, 50, 95, 99, 100]);
  expect(percentile([], 0.5)).toBeNaN();
});

it('a ratio of medians ignores disturbed rounds, on either side', () => {
  const [one, other] = [
    [2, 2, 2, 40, 2],
    [1, 30, 1, 1, 1],
  ];
  expect(ratioOfMedians(one, other)).toBe(2);
  expect(ratioOfMeans([1, 3], [1, 1])).toBe(2);
});

it('a pair is measured by turns, never both at a time', async () => {
  const done: string[] = [];
  let running = 0;
  const measure = (name: string) => async (round: number) => {
    running += 1;
    await new Promise((resolve) => setImmediate(resolve));
    done.push(`${name}${round}${running > 1 ? ' beside another' : ''}`);
    running -= 1;
    return `${name}${round}`;
  };
  const rest = async () => void done.push('rest');
  await expect(interleaved(2, measure('a'), measure('b'), rest)).resolves.toEqual({
    one: ['a0', 'a1'],
    other: ['b0', 'b1'],
  });
  expect(done).toEqual(['a0', 'b0', 'rest', 'a1', 'b1', 'rest']);
});
