import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { buildSync } from 'esbuild';

/**
 * Holds a fiftieth of what it read, as an agent does, and says in MB what its heap took before, and takes and
 * uses after.
 */
const READER = `
const { keepHeapSmall, giveMemoryBack } = require('./footprint.cjs');
keepHeapSmall();
let read = Array.from({ length: 400_000 }, (_, n) => ({ n, name: 'user' + n }));
read = read.filter(({ n }) => n % 50 === 0);
const before = process.memoryUsage().heapTotal;
giveMemoryBack();
const { heapTotal, heapUsed } = process.memoryUsage();
console.log(JSON.stringify([before, heapTotal, heapUsed].map((bytes) => bytes / 1e6), read.length));
`;

it('what reading a large directory left behind is collected, and from Node 22 on given back at once', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-footprint-'));
  const outfile = join(folder, 'footprint.cjs');
  buildSync({
    entryPoints: [resolve(__dirname, '../../../agent/footprint.ts')],
    outfile,
    bundle: true,
    platform: 'node',
  });
  writeFileSync(join(folder, 'reader.cjs'), READER);
  const said = execFileSync(process.execPath, [join(folder, 'reader.cjs')], { encoding: 'utf8' });
  const [before = 0, total = 0, used = 0] = JSON.parse(said);
  rmSync(folder, { recursive: true });
  expect(before).toBeGreaterThan(30);
  expect(used).toBeLessThan(10);
  if (Number(process.versions.node.split('.')[0]) >= 22) expect(total).toBeLessThan(used + 6);
});
