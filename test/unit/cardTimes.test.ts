import { presenter } from '../../cards/shared/card';
import { date, dateTime, joined, line, time } from '../../cards/shared/time';
import { HOSTILE, HOSTILE_SHOWN } from '../fixtures/cardTexts';
import { blockText } from '../helpers/botWorld/cardReader';

const AT = Date.UTC(2026, 10, 30, 15, 18, 42, 7);
const FORGED = '{{TIME(2026-11-30T15:18:42Z)}}';
const render = presenter({
  type: 'AdaptiveCard',
  body: [
    { type: 'TextBlock', text: '${text}' },
    { type: 'RichTextBlock', inlines: [{ type: 'TextRun', text: '${text}' }] },
    { type: 'Input.Text', id: 'x', label: '${text}' },
  ],
});
function shown(text: ReturnType<typeof line> | string) {
  const { speak, body } = render({ text, speak: text });
  const [block, rich, input] = body as [{ text: string }, { inlines: [{ text: string }] }, { label: string }];
  return { speak, block: block.text, run: rich.inlines[0].text, label: input.label };
}

test('a moment is shown in the reader’s zone by a TextBlock, and read with UTC everywhere else', () => {
  const read = 'Confirmed by Alex_W, 15:18 UTC';
  expect(shown(line`Confirmed by ${'Alex_W'}, ${time(AT)}`)).toEqual({
    block: 'Confirmed by Alex\\_W, {{TIME(2026-11-30T15:18:42Z)}}',
    ...{ speak: read, run: read, label: read },
  });
});

test.each([
  [date(AT), '{{DATE(2026-11-30T15:18:42Z, SHORT)}}', '30 Nov 2026'],
  [
    dateTime(AT),
    '{{DATE(2026-11-30T15:18:42Z, SHORT)}} {{TIME(2026-11-30T15:18:42Z)}}',
    '30 Nov 2026 15:18 UTC',
  ],
  [time(Number.NaN), 'at an unknown time', 'at an unknown time'],
  [dateTime(9e15), 'at an unknown time', 'at an unknown time'],
  [dateTime(-9e15), 'at an unknown time', 'at an unknown time'],
])('%s', (moment, block, speak) => {
  expect(shown(line`${moment}`)).toMatchObject({ block, speak });
});

test.each([
  ['whole', line`${FORGED}`],
  ['as a string alone', FORGED],
  ['in two halves', line`${'{'}${FORGED.slice(1)}`],
  ['around a moment', line`${'{{TIME('}${time(AT)}${')}}'}`],
  ['behind a backslash', line`${'\\'}${FORGED}`],
])('people cannot forge a moment: %s', (_, text) => {
  const { block, run, label, speak } = shown(text);
  expect(blockText(block)).toBe(String(text));
  for (const words of [run, label, speak]) expect(words).not.toMatch(/\{\{/);
});

test('the words of a line are literal, wherever the line is divided', () => {
  const block = shown(line`${'1'}${'. '}${HOSTILE}`).block;
  expect(block).toMatch(/^1\\\. /);
  expect(blockText(block)).toBe(`1. ${HOSTILE_SHOWN}`);
});

test('lines are put together', () => {
  const parts = joined([line`seen ${time(AT)}`, 'DC1'], ' · ');
  expect(String(line`${2} resets: ${parts}`)).toBe('2 resets: seen 15:18 UTC · DC1');
  expect(shown(parts).block).toBe('seen {{TIME(2026-11-30T15:18:42Z)}} · DC1');
});
