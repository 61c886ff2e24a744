import fc from 'fast-check';
import { nameKeyOf } from '../../../domain/customers/customerName';
import { likelySame, nameIndex } from '../../../domain/organizations/match';
import { shapeOf, withoutEndingForm } from '../../../domain/organizations/nameShape';

const index = nameIndex(
  [
    'Contoso Ltd',
    'Müller & Söhne GmbH',
    'The Phone Company',
    'Northwind',
    '🚀',
    'Limited',
    'Straße AG',
    'Ærø A/S',
  ].map((name) => ({ id: name, name })),
);
const found = (name: string) =>
  likelySame(shapeOf(name), index).map(({ customerId, because }) => [customerId, because]);

test.each([
  ['contoso  LTD', 'Contoso Ltd', 'It has the same name.'],
  ['🚀', '🚀', 'It has the same name.'],
  ['CONTOSO, Ltd.', 'Contoso Ltd', 'It has the same name but for punctuation or spaces.'],
  [
    'Contoso Limited',
    'Contoso Ltd',
    'It has the same name but for how the legal form is written (“limited”, “ltd”).',
  ],
  [
    'The Contoso Limited',
    'Contoso Ltd',
    'It has the same name but for how the legal form is written (“limited”, “ltd”) and “The”.',
  ],
  ['Contoso', 'Contoso Ltd', 'It has the same name but for the legal form (“ltd”).'],
  ['Contoso L.L.C.', 'Contoso Ltd', 'It has the same name but for the legal form (“llc”, “ltd”).'],
  ['The Contoso Ltd.', 'Contoso Ltd', 'It has the same name but for “The”.'],
  [
    'Muller und Sohne',
    'Müller & Söhne GmbH',
    'It has the same name but for the legal form (“gmbh”), the word for “and” and accents.',
  ],
  [
    'Müller & Söhne GmbH & Co. KG',
    'Müller & Söhne GmbH',
    'It has the same name but for the legal form (“gmbh co kg”, “gmbh”).',
  ],
  [
    'Phone Co',
    'The Phone Company',
    'It has the same name but for how the legal form is written (“co”, “company”) and “The”.',
  ],
  ['North-Wind', 'Northwind', 'It has the same name but for punctuation or spaces.'],
  ['Strasse', 'Straße AG', 'It has the same name but for the legal form (“ag”).'],
  ['Aero AS', 'Ærø A/S', 'It has the same name but for accents.'],
])('%s may be %s, and says why', (name, customer, because) => {
  expect(found(name)).toEqual([[customer, because]]);
});

test.each(['Ltd', 'limited', 'Contoso Spain', 'Fabrikam', '', '   ', '🙂', 'The', 'GmbH & Co. KG'])(
  '%j is like nobody, or only like its own name',
  (name) => {
    const expected = name === 'limited' ? [['Limited', 'It has the same name.']] : [];
    expect(found(name)).toEqual(expected);
  },
);

test.each([
  'Limited',
  'Incorporated',
  'Inc.',
  'LLC',
  'Corp',
  'Corporation',
  'Co.',
  'Company',
  'GmbH',
  'AG',
  'KG',
  'UG',
  'UG (haftungsbeschränkt)',
  'SA',
  'S.A.',
  'SAS',
  'S.A.R.L.',
  'BV',
  'B.V.',
  'NV',
  'AB',
  'A/S',
  'AS',
  'ApS',
  'Oy',
  'Pty Ltd',
  'Pty. Limited',
  'PLC',
  'SRL',
  'S.p.A.',
  'Kft.',
  'Sp. z o.o.',
  'Lda',
  'Co.,Ltd.',
])('%s is a legal form', (form) => {
  const one = nameIndex([{ id: 'a', name: 'Adatum' }]);
  expect(likelySame(shapeOf(`Adatum ${form}`), one)).toMatchObject([{ customerId: 'a', exact: false }]);
  expect(likelySame(shapeOf(`ADATUM, ${form}`), one)).toHaveLength(1);
});

test('lists the same name before similar ones', () => {
  const two = nameIndex([
    { id: 'near', name: 'Adatum Inc' },
    { id: 'same', name: 'ADATUM' },
  ]);
  expect(likelySame(shapeOf('Adatum'), two).map(({ customerId, exact }) => [customerId, exact])).toEqual([
    ['same', true],
    ['near', false],
  ]);
});

test('compares each of ten thousand awkward names only with its own group of ten thousand customers', () => {
  const customers = Array.from({ length: 10_000 }, (_, n) => ({
    id: String(n),
    name: `Customer ${n} ${'x'.repeat(n % 90)}`,
  }));
  const many = nameIndex(customers);
  expect(
    customers.every(({ id, name }) => likelySame(shapeOf(`${name}, Inc.`), many)[0]?.customerId === id),
  ).toBe(true);
});

test('keeps the vowel signs of other scripts, and compares right-to-left names too', () => {
  const others = nameIndex([
    { id: 'hi', name: 'हिन्दी' },
    { id: 'ar', name: 'شركة كونتوسو' },
  ]);
  expect(likelySame(shapeOf('हनद'), others)).toEqual([]);
  expect(likelySame(shapeOf('شركة كونتوسو ltd'), others)).toMatchObject([{ customerId: 'ar' }]);
});

test.each([
  ['Relecloud Inc', 'Relecloud'],
  [' Contoso, Ltd. ', 'Contoso'],
  ['Alpine Ski House GmbH', 'Alpine Ski House'],
  ['O’Neill Partners', 'O’Neill Partners'],
  ['Limited', 'Limited'],
  ['', ''],
])('searches %s by its own words: %s', (typed, searched) => {
  expect(withoutEndingForm(typed)).toBe(searched);
});

test('the quick way for plain names gives the same result as the usual way', () => {
  const invisible = '\u200b';
  const name = fc.oneof(
    fc.string({ maxLength: 40 }),
    fc
      .array(fc.constantFrom('The', 'A.B.', 'co', '&', 'KG', "o'", 'Ltd.', '  ', '+', 'S.A.', 'And'), {
        maxLength: 6,
      })
      .map((words) => words.join(' ')),
  );
  fc.assert(
    fc.property(name, (text) => {
      expect(nameKeyOf(text)).toBe(nameKeyOf(text + invisible));
      expect(shapeOf(text)).toEqual(shapeOf(invisible + text));
    }),
    { numRuns: 500 },
  );
});
