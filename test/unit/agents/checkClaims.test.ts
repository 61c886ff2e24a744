import { LIMITS } from '../../../domain/agentProtocol/protocol';
import { bodyHashOf, type SignedClaims } from '../../../domain/agentProtocol/signature';
import { checkClaims, countsUntil } from '../../../domain/agents/admission/checkClaims';

const NOW = Date.UTC(2026, 10, 23, 9);
const body = Buffer.from('{}');
const claims = (more: Partial<SignedClaims> = {}): SignedClaims => ({
  aud: 'https://bot.test',
  iat: NOW / 1000,
  exp: NOW / 1000 + 60,
  jti: '22222222-0000-4000-8000-000000000000',
  method: 'POST',
  path: '/agents/v1/beat',
  body: bodyHashOf(body),
  ...more,
});
const check = (more: Partial<SignedClaims> = {}, publicUrl = 'https://bot.test', now = NOW) =>
  checkClaims(claims(more), { authorization: '', path: '/agents/v1/beat', body }, { publicUrl, now });
const within = (by: number) => ({ iat: NOW / 1000 + by, exp: NOW / 1000 + by + 60 });

test('claims signed for this request count while they last, a minute longer, and from a clock that is fast', () => {
  for (const by of [-120, -60, 0, 300]) expect(() => check(within(by))).not.toThrow();
  expect(() => check({}, 'https://bot.test/')).not.toThrow();
});

test.each([
  ['another bot', { aud: 'https://bot.test.evil' }, 'unauthorized'],
  ['another path', { path: '/agents/v1/events' }, 'unauthorized'],
  ['another body', { body: bodyHashOf(Buffer.from('[]')) }, 'unauthorized'],
  ['too long', { exp: NOW / 1000 + LIMITS.signatureMs / 1000 + 1 }, 'unauthorized'],
  ['no time at all', { exp: NOW / 1000 - 1 }, 'unauthorized'],
  ['a time that ended a minute ago', within(-121), 'clock'],
  ['a shorter time that ended a minute ago', { iat: NOW / 1000 - 62, exp: NOW / 1000 - 61 }, 'clock'],
  ['long ago', within(-301), 'clock'],
  ['the future', within(301), 'clock'],
])('claims signed for %s do not count', (_name, more, code) => {
  expect(() => check(more)).toThrow(expect.objectContaining({ code }));
});

test('the record of a request is kept as long as its time would admit it', () => {
  const signed = claims(within(300));
  const last = countsUntil(signed) - 1;
  expect(() => check(within(300), undefined, last - 60_000)).not.toThrow();
  expect(() => check(within(300), undefined, last - 59_000)).toThrow();
  expect(() => check(within(300), undefined, countsUntil(signed))).toThrow(
    expect.objectContaining({ code: 'clock' }),
  );
});
