import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { openQueue } from '../../../../agent/queue/openQueue';
import { numbersOf, QUEUE_KEY } from '../../../helpers/agent/queueEvents';
import { silent } from '../../../helpers/store/storageWorlds';

const helper = (name: string) => path.join(__dirname, '../../../helpers', name);

type Fact = { opened?: number; appended?: number; acknowledging?: number; acknowledged?: number };

/** Runs the writer until it has told `lines` facts, then kills it at any point of its work. */
async function killedAfter(lines: number, folder: string, from: number): Promise<Fact[]> {
  const args = ['-r', helper('process/tsRequire.cjs'), helper('agent/queueWriter.ts'), folder, String(from)];
  const child: ChildProcess = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!child.stdout) throw new TypeError('the writer has no stdout');
  const facts: Fact[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    facts.push(JSON.parse(line));
    if (facts.length === lines) child.kill('SIGKILL');
  }
  return facts;
}

const highest = (facts: Fact[], name: keyof Fact) => Math.max(0, ...facts.map((fact) => fact[name] ?? 0));

describe('a queue whose process dies at any moment', () => {
  let folder = '';
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'queue-killed-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  test('loses no event that it promised, repeats none, and keeps the order', async () => {
    const told: Fact[] = [];
    const streams = new Set<string>();
    let next = 1;
    for (let round = 0; round < 8; round++) {
      told.push(...(await killedAfter(20 + Math.floor(Math.random() * 150), folder, next)));
      const queue = await openQueue({ folder, key: QUEUE_KEY, log: silent, now: Date.now });
      const events = queue.first(1_000_000);
      const numbers = numbersOf(events).map(Number);
      const first = numbers[0] ?? Number.NaN;
      streams.add(queue.stream);
      // No gap, no repetition, in order, and with their earlier numbers.
      expect(numbers).toEqual(events.map((_, index) => first + index));
      expect(events.map(({ seq }) => seq)).toEqual(numbers);
      expect(new Set(events.map(({ id }) => id)).size).toBe(events.length);
      // From the last acknowledged event (or the next one) to the last appended event (or the next one).
      expect(first).toBeGreaterThan(highest(told, 'acknowledged'));
      expect(first).toBeLessThanOrEqual(highest(told, 'acknowledging') + 1);
      expect(numbers.at(-1)).toBeGreaterThanOrEqual(highest(told, 'appended'));
      expect(numbers.at(-1)).toBeLessThanOrEqual(highest(told, 'appended') + 9);
      next = Number(numbers.at(-1)) + 1;
      await queue.close();
    }
    expect(streams.size).toBe(1);
    expect(highest(told, 'acknowledged')).toBeGreaterThan(100);
  });
});
