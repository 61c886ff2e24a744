import * as fc from 'fast-check';
import { createKnownPasswords } from '../../../../agent/watch/knownPasswords';
import type { KnownPassword } from '../../../../agent/watch/passwordChange';

const guidOf = (number: number) =>
  `${number}`.padStart(8, '0').concat('-1111-4111-8111-', `${number}`.padStart(12, 'a'));
const account = fc.integer({ min: 0, max: 40 }).map(guidOf);
const password: fc.Arbitrary<KnownPassword> = fc.record(
  {
    pwdLastSet: fc.bigInt({ min: 0n, max: 9_999_999_999_999_999_999n }).map(String),
    version: fc.nat(),
    changedAt: fc.integer({ min: 0, max: Number.MAX_SAFE_INTEGER }),
  },
  { requiredKeys: ['pwdLastSet'], noNullPrototype: true },
);
const step = fc.oneof(
  { weight: 9, arbitrary: fc.record({ account, password }) },
  { weight: 1, arbitrary: fc.record({ only: fc.array(account, { maxLength: 30 }) }) },
);

it('holds what a map of accounts would hold, without unknown values', async () => {
  await fc.assert(
    fc.property(fc.array(step, { maxLength: 200 }), (steps) => {
      const known = createKnownPasswords();
      const expected = new Map<string, KnownPassword>();
      for (const now of steps)
        if ('only' in now) {
          known.keepOnly(new Set(now.only));
          for (const one of expected.keys()) if (!now.only.includes(one)) expected.delete(one);
        } else {
          known.set(now.account, now.password);
          expected.set(now.account, now.password);
        }
      expect(known.size).toBe(expected.size);
      expect(new Map(known.entries())).toStrictEqual(expected);
      for (const [objectGuid, password] of expected) expect(known.get(objectGuid)).toStrictEqual(password);
      expect(known.get(guidOf(99))).toBeUndefined();
      expect(known.get('no GUID')).toBeUndefined();
    }),
  );
});

it('takes any number of accounts, before and after it forgot most of them', () => {
  const known = createKnownPasswords();
  const fill = () => {
    for (let number = 0; number < 70_000; number++)
      known.set(guidOf(number), { pwdLastSet: `${number}`, version: number });
  };
  fill();
  known.keepOnly(new Set([guidOf(69999)]));
  expect([...known.entries()]).toEqual([[guidOf(69999), { pwdLastSet: '69999', version: 69_999 }]]);
  fill();
  expect(known.size).toBe(70_000);
  expect(known.get(guidOf(17))).toEqual({ pwdLastSet: '17', version: 17 });
  expect(known.get(guidOf(69999))).toEqual({ pwdLastSet: '69999', version: 69_999 });
});

it('keeps accounts apart that differ in any one digit', () => {
  const known = createKnownPasswords();
  const some = '0a1b2c3d-4e5f-4a6b-8c7d-0123456789ab';
  const others = Array.from(some, (digit, at) =>
    digit === '-' ? some : `${some.slice(0, at)}${digit === 'f' ? 'e' : 'f'}${some.slice(at + 1)}`,
  );
  for (const [number, other] of others.entries()) known.set(other, { pwdLastSet: `${number}` });
  expect(known.size).toBe(new Set(others).size);
  expect([...known.entries()].map(([objectGuid]) => objectGuid)).toEqual([...new Set(others)]);
  for (const other of others)
    expect(known.get(other)).toEqual({ pwdLastSet: `${others.lastIndexOf(other)}` });
});
