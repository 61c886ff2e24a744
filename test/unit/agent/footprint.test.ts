import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

/**
 * Keeps a fiftieth of what it read, as an agent does. Prints in MB the size of its heap before, and what the
 * heap takes and uses afterwards.
 */
const READER = `
const { staySmall, giveMemoryBack } = require('./footprint.cjs');
staySmall();
let read = Array.from({ length: 400_000 }, (_, n) => ({ n, name: 'user' + n }));
read = read.filter(({ n }) => n % 50 === 0);
const before = process.memoryUsage().heapTotal;
giveMemoryBack();
const { heapTotal, heapUsed } = process.memoryUsage();
console.log(JSON.stringify([before, heapTotal, heapUsed].map((bytes) => bytes / 1e6), read.length));
`;

/** Prints whether V8 has optimized code that ran a hundred thousand times: bit 4 of its status. */
const RUNNER = `
const { staySmall } = require('./footprint.cjs');
if (process.argv[2] === 'small') staySmall();
const add = (sum, n) => (sum + n * 7) % 1013;
const run = () => { let sum = 0; for (let n = 0; n < 1e5; n++) sum = add(sum, n); return sum; };
const isFast = () => (%GetOptimizationStatus(add) & 16) !== 0 || (%GetOptimizationStatus(run) & 16) !== 0;
for (let times = 0; times < 100 && !isFast(); times++) run();
console.log(isFast());
`;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'keyturn-footprint-'));
  buildSync({
    entryPoints: [resolve(__dirname, '../../../agent/footprint.ts')],
    outfile: join(folder, 'footprint.cjs'),
    bundle: true,
    platform: 'node',
  });
});
afterAll(() => rmSync(folder, { recursive: true }));

function said(script: string, ...args: string[]): string {
  const file = join(folder, 'script.cjs');
  writeFileSync(file, script);
  return execFileSync(process.execPath, ['--allow-natives-syntax', file, ...args], { encoding: 'utf8' });
}

it('the agent collects what reading a large directory left behind, and from Node 22 on gives it back at once', () => {
  const [before = 0, total = 0, used = 0] = JSON.parse(said(READER));
  expect(before).toBeGreaterThan(30);
  expect(used).toBeLessThan(10);
  if (Number(process.versions.node.split('.')[0]) >= 22) expect(total).toBeLessThan(used + 6);
});

it('V8 optimizes nothing, although it would in other programs', () => {
  expect(JSON.parse(said(RUNNER))).toBe(true);
  expect(JSON.parse(said(RUNNER, 'small'))).toBe(false);
});
