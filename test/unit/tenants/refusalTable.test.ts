import {
  MicrosoftRefused,
  marksIn,
  namedMarks,
  refusalMarks,
} from '../../../domain/tenants/refusals/microsoftRefused';
import { refusalOf } from '../../../domain/tenants/refusals/refusalOf';
import { REFUSALS, type RefusalRow, type SignInRefusal } from '../../../domain/tenants/refusals/refusalTable';
import { refusalWords, refusedSignIn } from '../../../domain/tenants/refusals/refusalWords';

const rows = Object.entries(REFUSALS) as [SignInRefusal, RefusalRow][];
const errors = [...new Set(rows.flatMap(([, row]) => row.errors ?? [])), 'never_heard_of', ''];
const UNKNOWN = '999999';

describe.each(rows)('%s', (refusal, row) => {
  test('is found by each of its numbers, with any error beside it', () => {
    for (const number of row.numbers ?? [])
      for (const error of errors)
        expect(refusalOf({ error, number: String(number), suberror: 'basic_action', claims: '{}' })).toBe(
          refusal,
        );
  });

  test('is found by each of its suberrors and errors', () => {
    for (const suberror of row.suberrors ?? [])
      for (const error of errors) expect(refusalOf({ error, suberror, number: UNKNOWN })).toBe(refusal);
    for (const error of row.errors ?? []) expect(refusalOf({ error })).toBe(refusal);
  });

  test('says what happened and who can solve it, for a person’s sign-in and when Keyturn asks on its own', () => {
    const mender = /customer|Keyturn admin|administrator|Microsoft’s support|network|[Ss]tart again|minutes/;
    expect(row.signIn).toMatch(mender);
    expect(row.signIn).toMatch(/[.]$/);
    if (row.alone) expect(row.alone.cure).toMatch(mender);
    const alone = refusalWords(new MicrosoftRefused(refusal));
    expect(alone.finding).toMatch(/[.]$/);
  });
});

test('no number, suberror or error stands in two rows', () => {
  for (const key of ['numbers', 'suberrors', 'errors'] as const) {
    const all = rows.flatMap(([, row]) => [...(row[key] ?? [])]);
    expect(all).toHaveLength(new Set(all).size);
  }
});

test('an unknown number blames nobody: only “try later” keeps its meaning', () => {
  for (const error of errors)
    expect(refusalOf({ error, number: UNKNOWN })).toBe(
      REFUSALS.unavailable.errors?.includes(error) ? 'unavailable' : 'other',
    );
});

test('recognizes a policy’s challenge even with an unknown number', () => {
  expect(refusalOf({ error: 'interaction_required', number: UNKNOWN, claims: '{}' })).toBe(
    'conditionalAccess',
  );
});

test('a refusal carries its number, ids and time, for people to copy', () => {
  const marks = marksIn(
    'AADSTS999999: Odd. Trace ID: 99999999-2222-4333-8444-555555555555 Correlation ID: 11111111-2222-4333-8444-555555555555 Timestamp: 2026-11-30 16:05:12Z',
  );
  const said = [
    'AADSTS999999',
    '11111111-2222-4333-8444-555555555555',
    '99999999-2222-4333-8444-555555555555',
    '2026-11-30 16:05:12 UTC',
  ];
  expect(namedMarks(marks).map(({ value }) => value)).toEqual(said);
  expect(refusalMarks.parse(marks)).toEqual(marks);
  const refused = new MicrosoftRefused('other', marks);
  for (const mark of said) expect(refusalWords(refused).finding).toContain(mark);
  expect(refusedSignIn(refused)).not.toMatch(/another administrator|choose Accept|connect Microsoft 365/);
});

test('without a number or an id there is nothing to look for', () => {
  expect(namedMarks({ at: '2026-11-30 16:05:12Z' })).toEqual([]);
});

test('shows only those parts of a description that have the form of a mark', () => {
  const evil = 'AADSTS65004<script> Correlation ID: https://evil.test Timestamp: soon';
  expect(marksIn(evil)).toEqual({ number: '65004' });
  expect(marksIn('AADSTS1 AADSTS12345678901234567890')).toEqual({});
  expect(refusedSignIn(new MicrosoftRefused('declined', marksIn(evil)))).not.toContain('evil');
});

test.each([
  [60_000, 'Test again in 60 seconds.'],
  [1, 'Test again in 1 second.'],
  [3_600_000, 'Test again in 60 minutes.'],
  [undefined, 'Test again in some minutes.'],
])('says a wait of %s ms', (waitMs, cure) => {
  expect(refusalWords(new MicrosoftRefused('unavailable', { waitMs })).cure).toBe(cure);
});
