import { remembered } from '../../../bot/http/remembered';

const counting = () => {
  const asked: string[] = [];
  const of = remembered((text) => {
    asked.push(text);
    return text === '' ? undefined : text.length;
  });
  return { asked, of };
};

test('works out the same text once, even when the result is empty', () => {
  const { asked, of } = counting();
  expect([of('four'), of('four'), of(''), of('')]).toEqual([4, 4, undefined, undefined]);
  expect(asked).toEqual(['four', '']);
});

test('keeps few made-up texts, and no long one', () => {
  const { asked, of } = counting();
  of('first');
  for (let n = 0; n < 1_000; n++) of(`made up ${n}`);
  expect(of('first')).toBe(5);
  const long = 'x'.repeat(301);
  expect([of(long), of(long)]).toEqual([301, 301]);
  expect(asked.filter((text) => text === 'first')).toHaveLength(2);
  expect(asked.filter((text) => text === long)).toHaveLength(2);
});
