import fc from 'fast-check';
import { decode, encode } from '../../../storage/codec';

const dated = fc.date({ noInvalidDate: true });
const leaf = fc.oneof(fc.string({ unit: 'binary' }), fc.integer(), fc.boolean(), fc.constant(null), dated);
const { value } = fc.letrec((tie) => ({
  value: fc.oneof(
    { maxDepth: 5 },
    leaf,
    fc.array(tie('value')),
    fc.dictionary(fc.oneof(fc.string(), fc.constantFrom('__proto__', '$date', 'a.b', '0')), tie('value')),
  ),
}));

test('every plain value comes back equal, with its dates as dates', () => {
  fc.assert(fc.property(value, (given) => expect(decode(encode(given))).toEqual(given)));
});

test.each([Number.NaN, Number.POSITIVE_INFINITY, new Date(Number.NaN), 1n, () => 'secret'])(
  'refuses a value that would not come back equal: %p',
  (given) => {
    expect(() => encode({ deep: [given] })).toThrow(expect.objectContaining({ name: 'StoreMisuse' }));
  },
);
