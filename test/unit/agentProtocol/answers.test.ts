import { isWebPage, jsonOf } from '../../../domain/agentProtocol/readJson';
import { retryAfterMs } from '../../../domain/agentProtocol/retryAfter';

const NOW = Date.UTC(2026, 10, 23);
const at = (ms: number) => new Date(NOW + ms).toUTCString();

test.each([
  ['7', 7_000],
  [' 120 ', 120_000],
  ['1.5', 1_500],
  ['0.0001', 1],
  [at(5_000), 5_000],
  ['86400', 3_600_000],
  ['999999999999999', 3_600_000],
  [at(86_400_000), 3_600_000],
])('“Retry-After: %s” asks for %i milliseconds', (header, ms) => {
  expect(retryAfterMs(header, NOW)).toBe(ms);
});

test.each([
  '0',
  '0.0',
  '-1',
  '-5.5',
  at(-5_000),
  'soon',
  '',
  ' ',
  '1e9',
  '0x10',
  'Infinity',
  'NaN',
  '5 seconds',
  '9'.repeat(400),
  undefined,
  null,
])('“Retry-After: %s” asks for nothing', (header) => {
  expect(retryAfterMs(header, NOW)).toBeUndefined();
});

test('a date is read by the clock that wrote it, when the answer has one', () => {
  expect(retryAfterMs(at(-600_000), NOW, at(-607_000))).toBe(7_000);
  expect(retryAfterMs(at(7_000), NOW, 'yesterday')).toBe(7_000);
});

test.each([
  ['{"a":1}', { a: 1 }],
  ['\ufeff{"a":1}', { a: 1 }],
  ['\ufeff\r\n[]', []],
  ['12', 12],
  ['null', null],
])('%j is JSON', (text, value) => {
  expect(jsonOf(text)).toEqual(value);
});

test.each(['', '\ufeff', '{"a":', 'Retry later', '<html>', '\ufeff\ufeff{}'])('%j is not JSON', (text) => {
  expect(jsonOf(text)).toBeUndefined();
});

test.each([
  ['<!DOCTYPE html><title>Just a moment...</title>', undefined],
  ['\ufeff \n<html>', 'application/json'],
  ['<?xml version="1.0"?><Error/>', undefined],
  ['Access denied', 'Text/HTML; charset=us-ascii'],
])('%j is a page for people', (text, contentType) => {
  expect(isWebPage(text, contentType)).toBe(true);
});

test.each([
  ['{"a":1}', 'text/html'],
  ['Retry later', 'text/plain'],
  ['', undefined],
])('%j is no page for people', (text, contentType) => {
  expect(isWebPage(text, contentType)).toBe(false);
});
