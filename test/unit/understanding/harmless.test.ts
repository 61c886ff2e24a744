import fc from 'fast-check';
import { commands } from '../../../bot/commands';
import { phrasesIn } from '../../../bot/understanding/language';
import { languages } from '../../../bot/understanding/languages';
import { nameWordsOf } from '../../../domain/customers/nameWords';
import { type Meaning, understanding } from '../../helpers/bot/useUnderstanding';

/** Names that look like commands, filler and prepositions, or like each other. */
const NAMES = [
  'Contoso',
  'Contoso Pharma',
  'The Contoso Group',
  'Contoso Please',
  'Remove Customer GmbH',
  'Customer GmbH',
  'Help',
  'Stop',
  'Stop Contoso',
  'All',
  'New',
  'To',
  'Back to Contoso',
  'Delete',
  'Agents for Hire',
  'Hello Bank',
  'Rename Me to You',
  'Kunde König',
  'Hudu',
  'Please',
];
const destructive = new Set(
  commands.flatMap(({ forms }) => Object.keys(forms).filter((form) => forms[form]?.destructive)),
);
const phrases = Object.values(languages).flatMap((language) =>
  Object.values(language.phrases).flatMap(phrasesIn),
);
const around = Object.values(languages).flatMap(({ polite, filler, of, to }) => [
  ...phrasesIn(polite),
  ...[filler, of, to].flatMap((words) => words.trim().split(/\s+/)),
]);
const beginnings = NAMES.flatMap((name) => [
  name,
  name.toLowerCase(),
  name.slice(0, 5),
  name.split(' ').at(-1) ?? '',
]);
const TEXT = fc
  .array(
    fc.oneof(
      { arbitrary: fc.constantFrom(...phrases), weight: 3 },
      { arbitrary: fc.constantFrom(...beginnings), weight: 3 },
      { arbitrary: fc.constantFrom(...around), weight: 2 },
      { arbitrary: fc.string({ unit: 'grapheme', maxLength: 8 }), weight: 1 },
    ),
    { minLength: 1, maxLength: 6 },
  )
  .map((words) => words.join(' ').replace('…', ' '));

let means: (text: string) => Promise<Meaning | undefined>;
beforeAll(async () => {
  means = await understanding(NAMES, {
    mentioned: async () => ({ objectId: '8c1f0a52-0000-4000-8000-000000000001', name: 'Megan Bowen' }),
    integrations: async () => [{ id: 'hudu', name: 'Hudu', kind: 'hudu', usable: true }],
  });
});

const customerIn = (meaning: Meaning | undefined) => (meaning?.args as { customerId?: string })?.customerId;

/** The words of the text beside which the customer's name stands, in order or not. */
const says = (text: string, name: string): boolean =>
  nameWordsOf(text).some((said) => nameWordsOf(name).some((word) => word.startsWith(said)));

it('a command never starts for a customer of whom the text says no word', async () => {
  await fc.assert(
    fc.asyncProperty(TEXT, async (text) => {
      const name = customerIn(await means(text));
      if (name !== undefined) expect([text, name, says(text, name)]).toEqual([text, name, true]);
    }),
    { numRuns: 2000 },
  );
});

/** Every phrase about a customer that stands before the name. */
const before = Object.values(languages)
  .flatMap(({ phrases: all }) => Object.entries(all))
  .filter(([form]) => commands.some(({ forms }) => forms[form]?.takes?.customer))
  .flatMap(([, list]) => phrasesIn(list))
  .filter((phrase) => !/[…@]/.test(phrase));

describe.each(['', 'please '])('behind “%sCOMMAND”', (polite) => {
  it('a customer’s whole name means that customer', async () => {
    for (const phrase of before)
      for (const name of NAMES) {
        const text = `${polite}${phrase} ${name.toUpperCase()}`;
        // “remove customer GmbH” is also “remove” and the whole name “Customer GmbH”.
        const wholeNames = NAMES.filter((each) =>
          ` ${text.toLowerCase()}`.endsWith(` ${each.toLowerCase()}`),
        );
        if (phrases.includes(`${phrase} ${name.toLowerCase()}`)) continue;
        const meant = customerIn(await means(text));
        expect([text, meant]).toEqual([text, wholeNames.includes(meant ?? '') ? meant : name]);
      }
  });

  it('words that fit several customers start nothing', async () => {
    for (const phrase of before)
      for (const said of ['conto', 'the conto', 'con please', 'customer cont'])
        expect([phrase, said, (await means(`${polite}${phrase} ${said}`))?.args]).toEqual([
          phrase,
          said,
          undefined,
        ]);
  });
});

it('a text that takes something away names its customer: the words behind the command are all in its name', async () => {
  await fc.assert(
    fc.asyncProperty(TEXT, async (text) => {
      const meaning = await means(text);
      if (!meaning || !destructive.has(meaning.form)) return;
      const name = customerIn(meaning);
      if (name === undefined) return;
      const drop = new Set([...around, ...phrases].flatMap((words) => nameWordsOf(words)));
      const left = nameWordsOf(text).filter((said) => !drop.has(said));
      for (const said of left)
        expect([text, name, nameWordsOf(name).some((word) => word.startsWith(said))]).toEqual([
          text,
          name,
          true,
        ]);
    }),
    { numRuns: 2000 },
  );
});

it.each(NAMES)(
  '“%s” typed alone is the customer or a command of that very name, and takes nothing away',
  async (name) => {
    const meaning = await means(name);
    expect(meaning && destructive.has(meaning.form) && meaning.args !== undefined).toBeFalsy();
    if (meaning?.command === 'customer') expect([name, undefined]).toContain(customerIn(meaning));
    expect(customerIn(await means(`customer ${name}`))).toBe(name);
  },
);
