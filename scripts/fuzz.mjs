/**
 * `npm run fuzz`: runs the fuzz tests with ten times as many inputs, drawn from a new seed each time.
 * `KEYTURN_FUZZ_SEED=<the seed> npm run fuzz` repeats a finding; `KEYTURN_FUZZ_TIMES` makes the run longer or
 * shorter.
 */
import { randomInt } from 'node:crypto';

const { env } = process;
env.KEYTURN_FUZZ_SEED ??= String(randomInt(2 ** 31));
env.KEYTURN_FUZZ_TIMES ??= '10';
console.log(
  `KEYTURN_FUZZ_SEED=${env.KEYTURN_FUZZ_SEED} KEYTURN_FUZZ_TIMES=${env.KEYTURN_FUZZ_TIMES} npm run fuzz`,
);
process.argv.splice(2, Number.POSITIVE_INFINITY, 'test/http/fuzz', ...process.argv.slice(2));
await import('./test.mjs');
