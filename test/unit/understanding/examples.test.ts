import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { MEGAN, understanding } from '../../helpers/bot/useUnderstanding';

const NAMES = ['Contoso', 'Fabrikam Dental', 'Müller & Söhne', 'Help', 'Stop Loss', 'Remove Customer GmbH'];
/** The first column of the tables, and what stands in the rules. */
const examples = readFileSync(join(__dirname, '../../../docs/typing.md'), 'utf8')
  .split('\n')
  .filter((line) => line.startsWith('| `') || /^(?:- |\d\. )/.test(line))
  .flatMap((line) => (line.startsWith('|') ? (line.split('|')[1] ?? '') : line).match(/`[^`]+`/g) ?? [])
  .map((example) => example.slice(1, -1))
  .filter((example) => example !== 'notify');

it('there are examples in both languages', () => {
  expect(examples.length).toBeGreaterThan(40);
  expect(examples).toEqual(expect.arrayContaining(['can you show fabrikam', 'zeig mir Fabrikam']));
});

it.each(examples)('“%s” is understood', async (text) => {
  const means = await understanding(NAMES, {
    mentioned: async () => (text.includes('@') ? { objectId: MEGAN, name: 'Megan' } : undefined),
    integrations: async () => [{ id: 'hudu', name: 'Hudu', kind: 'hudu', usable: true }],
  });
  const meaning = await means(text.replaceAll('@Megan', '<at>Megan</at>'));
  expect(meaning?.args === undefined).toBe(text.startsWith('people remove'));
});
