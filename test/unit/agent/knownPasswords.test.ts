import * as fc from 'fast-check';
import { createKnownPasswords } from '../../../agent/watch/knownPasswords';
import type { KnownPassword } from '../../../agent/watch/passwordChange';

const account = fc.integer({ min: 0, max: 40 }).map((number) => `account-${number}`);
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

it('holds what a map of accounts would hold, with what is not known left out', () => {
  fc.assert(
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
      expect(known.get('account-of-nobody')).toBeUndefined();
    }),
  );
});

it('has room for any number of accounts, before and after most were forgotten', () => {
  const known = createKnownPasswords();
  const fill = () => {
    for (let number = 0; number < 5_000; number++)
      known.set(`account-${number}`, { pwdLastSet: `${number}`, version: number });
  };
  fill();
  known.keepOnly(new Set(['account-4999']));
  expect([...known.entries()]).toEqual([['account-4999', { pwdLastSet: '4999', version: 4_999 }]]);
  fill();
  expect(known.size).toBe(5_000);
  expect(known.get('account-17')).toEqual({ pwdLastSet: '17', version: 17 });
  expect(known.get('account-4999')).toEqual({ pwdLastSet: '4999', version: 4_999 });
});
