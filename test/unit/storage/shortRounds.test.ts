import { shortRounds } from '../../../storage/drivers/shortRounds';

let time = 0;
const order: string[] = [];
/** A read that takes this long, in milliseconds. */
const reading = (name: string, ms: number) => (): string => {
  order.push(name);
  time += ms;
  return name;
};

beforeEach(() => {
  order.length = 0;
});

test('other work goes on between reads that take long, and each read has its answer', async () => {
  const read = shortRounds(() => time);
  setImmediate(() => order.push('other work'));
  const answers = [];
  for (const name of ['a', 'b', 'c']) answers.push(await read(reading(name, 10)));
  expect(answers).toEqual(['a', 'b', 'c']);
  expect(order).toEqual(['a', 'b', 'other work', 'c']);
});

test('of many reads at once, each round does a part, in order', async () => {
  const read = shortRounds(() => time);
  const names = Array.from({ length: 8 }, (_, n) => `read ${n}`);
  const other = () => {
    order.push('other work');
    if (order.length < names.length) setImmediate(other);
  };
  setImmediate(other);
  await Promise.all(names.map((name) => read(reading(name, 10))));
  expect(order.filter((each) => each !== 'other work')).toEqual(names);
  expect(order.slice(0, 6)).toEqual(['read 0', 'read 1', 'other work', 'read 2', 'read 3', 'other work']);
});

test('a read that fails after it waited is refused', async () => {
  const read = shortRounds(() => time);
  await read(reading('long', 20));
  const failing = () => {
    throw new RangeError('closed');
  };
  await expect(read(failing)).rejects.toThrow(RangeError);
});

test('a read in a quiet round does not wait', () => {
  expect(shortRounds(() => time)(reading('short', 1))).toBe('short');
});
