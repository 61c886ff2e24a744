import { plain } from '../../../cards/shared/literal';
import { nameFaultOf, nameKeyOf, parseCustomerName } from '../../../domain/customers/customerName';
import { visibleName, visibleText } from '../../../domain/names/visibleText';
import { shapeOf } from '../../../domain/organizations/nameShape';
import { useSite } from '../../helpers/botWorld/useSite';

/** Each of them shows nothing, or turns the text around it. */
const HIDDEN = {
  'zero-width space': '\u200b',
  'zero-width non-joiner': '\u200c',
  'zero-width joiner': '\u200d',
  'byte order mark': '\ufeff',
  'word joiner': '\u2060',
  'soft hyphen': '\u00ad',
  'combining grapheme joiner': '\u034f',
  'variation selector': '\ufe0f',
  'late variation selector': '\u{e0101}',
  tag: '\u{e0041}',
  'language tag': '\u{e0001}',
  'right-to-left override': '\u202e',
  isolate: '\u2066',
  'arabic letter mark': '\u061c',
  'hangul filler': '\u3164',
  'empty braille cell': '\u2800',
  'interlinear mark': '\ufffa',
};

describe.each(Object.entries(HIDDEN))('%s', (_name, hidden) => {
  it('appears in no shown text and in no stored name', () => {
    expect(visibleText(`Con${hidden}toso`)).toBe('Contoso');
    expect(visibleName(`${hidden}Con${hidden.repeat(3)}toso${hidden}`)).toBe('Contoso');
    expect(plain(`Con${hidden}toso`)).toBe('Contoso');
  });

  it('does not allow a second customer of the same name', () => {
    const name = `Con${hidden}toso`;
    if (nameFaultOf(name)) return expect(() => parseCustomerName(name)).toThrow('text-direction');
    expect(parseCustomerName(name)).toBe('Contoso');
  });
});

it.each(['👩‍👩‍👧‍👧 Care', '❤️ Health', 'می‌خواهم', 'क्‍ष', 'Zoë & Söhne', '東京 株式会社', 'O’Neill'])(
  '%s stays unchanged',
  (name) => {
    expect(visibleName(name)).toBe(name);
    expect(parseCustomerName(name)).toBe(name);
  },
);

it('lines and control characters become one space', () => {
  expect(visibleName(' a\r\n\tb\u0000c\u2028d ')).toBe('a b c d');
});

it('a name in plain letters has one space between its words, and none around them', () => {
  expect([' a', 'a ', 'a  b', 'a\u00a0b', ''].map((name) => visibleName(name))).toEqual([
    'a',
    'a',
    'a b',
    'a b',
    '',
  ]);
  expect(['abc d', 'abcd e', 'abcde'].map((name) => visibleName(name, 5))).toEqual([
    'abc d',
    'abcd ',
    'abcde',
  ]);
});

describe('a character that stands for whole words', () => {
  const LONG = '\ufdfa'.repeat(500);

  it('is compared by a text of bounded length', () => {
    expect(nameKeyOf(LONG).length).toBeLessThanOrEqual(400);
    expect(shapeOf(LONG).core.length).toBeLessThanOrEqual(400);
    expect(nameKeyOf('x'.repeat(10_000)).length).toBeLessThanOrEqual(400);
  });

  it('counts in full in a customer’s name', () => {
    expect(() => parseCustomerName('\ufdfa'.repeat(60))).toThrow('at most 100 characters; this one has 399');
    expect(parseCustomerName('\ufdfa Foods')).toBe('\ufdfa Foods');
  });
});

describe('names in the conversation', () => {
  const world = useSite();

  it('of people and customers are stored as people see them', async () => {
    const name = 'Ned\u200b \u{e0041}\u202eAdmin\n';
    const ned = world.site.person('Ned', { name });
    world.site.teams.members.set(ned.channelId, {
      ...world.site.teams.members.get(ned.channelId),
      name,
    } as never);
    const ada = world.seat(world.site.ada);
    await ada.says('people add approver', { mentions: [ned] });
    expect((await world.bot.stores.people.get(ned.id ?? ''))?.value.name).toBe('Ned Admin');
    await ada.says('add customer');
    await ada.clicks(ada.card, 'Save', { name: 'Con\u200btoso\u{e0041}' });
    const { items } = await world.bot.stores.customers.list({ limit: 9 });
    expect(items.map(({ value }) => value.name)).toEqual(['Contoso']);
  });
});
