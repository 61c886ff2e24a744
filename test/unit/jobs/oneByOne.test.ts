import { StoreUnavailable } from '../../../domain/errors';
import { oneByOne } from '../../../domain/jobs/oneByOne';

const worksOn = async (errors: Record<string, Error>) => {
  const tried: string[] = [];
  const work = async (item: string) => {
    tried.push(item);
    if (errors[item]) throw errors[item];
  };
  const thrown = await oneByOne(['a', 'b', 'c'], work).then(
    () => undefined,
    (error: Error) => error.message,
  );
  return { tried: tried.join(''), thrown };
};

test('works on every item, and throws the first error at the end', async () => {
  expect(await worksOn({})).toEqual({ tried: 'abc', thrown: undefined });
  const errors = { a: new TypeError('first'), b: new TypeError('second') };
  expect(await worksOn(errors)).toEqual({ tried: 'abc', thrown: 'first' });
});

test('stops at once when the store does not answer', async () => {
  expect(await worksOn({ a: new StoreUnavailable('away') })).toEqual({ tried: 'a', thrown: 'away' });
});
