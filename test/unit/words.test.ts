import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { BANNED, KEPT } from '../helpers/process/bannedWords';
import { type Sentence, sentencesIn } from '../helpers/process/sentences';

const root = join(__dirname, '../..');
const ROOMS = /^(?:cards|dialogs|bot|domain|api|agent|connectors|sandbox)\/.*\.(?:ts|json)$/;
const DOCS = /^(?:docs\/.*|README|CHANGELOG)\.md$|^appPackage\/manifest\.json$/;

const sentences: Sentence[] = execFileSync('git', ['ls-files'], { cwd: root, encoding: 'utf8' })
  .split('\n')
  .filter((path) => ROOMS.test(path) || DOCS.test(path))
  .flatMap((path) => sentencesIn(path, readFileSync(join(root, path), 'utf8')));

const isKept = ({ path, text }: Sentence) =>
  KEPT.some((kept) => kept.path === path && kept.phrase.test(text));

it('no sentence that people read has a name or a phrase of yesterday', () => {
  expect(sentences.length).toBeGreaterThan(5000);
  const found = sentences
    .filter((sentence) => !isKept(sentence))
    .flatMap((sentence) =>
      BANNED.filter(({ phrase }) => phrase.test(sentence.text)).map(
        ({ say }) => `${sentence.path}:${sentence.line}: say “${say}”, not: ${sentence.text.trim()}`,
      ),
    );
  expect(found).toEqual([]);
});

it.each(KEPT)('$path keeps $phrase: $why', ({ path, phrase }) => {
  const kept = sentences.filter((sentence) => sentence.path === path && phrase.test(sentence.text));
  expect(kept.some(({ text }) => BANNED.some((banned) => banned.phrase.test(text)))).toBe(true);
});

it.each([
  ['const x = `You have ${n} new Office 365 mailboxes`;', true],
  ["// Office 365 in a comment\nimport x from 'Office 365';", false],
  ["type X = 'Office 365';", false],
])('sees what people read: %s', (source, seen) => {
  const texts = sentencesIn('x.ts', source).map(({ text }) => text);
  expect(texts.some((text) => BANNED.some(({ phrase }) => phrase.test(text)))).toBe(seen);
});
