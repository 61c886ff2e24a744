import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openJournal } from '../../../agent/orders/journal';
import { silent } from '../../helpers/store/storageWorlds';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const DONE = { outcome: 'done', finding: 'Done.' } as const;

let folder = '';
let now = 0;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'order-journal-'));
  now = Date.UTC(2026, 10, 30);
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const opened = () => openJournal({ folder, log: silent, now: () => now });
const order = (n: number) => ({ id: `o${n}`, verb: 'set', expiresAt: now + 30 * MINUTE });
const kept = () => JSON.parse(readFileSync(join(folder, 'journal.json'), 'utf8')).entries.length;
type Journal = Awaited<ReturnType<typeof opened>>;

async function done(journal: Journal, n: number): Promise<void> {
  expect(journal.hasSpace()).toBe(true);
  await journal.begin(order(n));
  await journal.end(order(n), DONE);
}

describe('the journal of orders', () => {
  test('keeps at most 200, and drops the oldest that the bot has heard of', async () => {
    const journal = await opened();
    for (let n = 0; n < 250; n++) {
      await done(journal, n);
      journal.told(journal.untold());
    }
    await journal.close();
    expect(kept()).toBe(200);
    const next = await opened();
    expect([next.stateOf(order(49)), next.stateOf(order(50)), next.stateOf(order(249))]).toEqual([
      'new',
      'ended',
      'ended',
    ]);
    expect(next.untold()).toEqual([]);
  });

  test('is full while the bot has not heard of 200', async () => {
    const journal = await opened();
    for (let n = 0; n < 200; n++) await done(journal, n);
    expect(journal.hasSpace()).toBe(false);
    const [first] = journal.untold();
    journal.told(first ? [first] : []);
    expect(journal.hasSpace()).toBe(true);
    expect(journal.stateOf(order(0))).toBe('new');
    await journal.close();
  });

  test('forgets an order once it has expired, and after a week even one whose report waits', async () => {
    const journal = await opened();
    await done(journal, 1);
    journal.told(journal.untold());
    await done(journal, 2);
    now += 61 * MINUTE;
    expect(journal.hasSpace()).toBe(true);
    expect([journal.stateOf(order(1)), journal.stateOf(order(2))]).toEqual(['new', 'ended']);
    now += 8 * DAY;
    expect(journal.hasSpace()).toBe(true);
    expect(journal.stateOf(order(2))).toBe('new');
    await journal.close();
  });

  test('tells an order of an earlier run from one that this run does', async () => {
    const journal = await opened();
    await journal.begin(order(1));
    expect([journal.stateOf(order(1)), journal.left()]).toEqual(['begun', []]);
    const next = await opened();
    expect([next.stateOf(order(1)), next.left().map(({ id }) => id)]).toEqual(['left', ['o1']]);
    await journal.close();
  });

  test.each(['', 'x'.repeat(256)])(
    'is unreadable when the bot could not read the id of an order',
    async (id) => {
      const entry = { id, verb: 'set', expiresAt: now, told: false };
      writeFileSync(join(folder, 'journal.json'), JSON.stringify({ entries: [entry] }));
      const journal = await opened();
      expect([journal.left(), journal.stateOf(order(1))]).toEqual([[], 'left']);
      await journal.close();
    },
  );

  test('writes nothing once it is closed', async () => {
    const journal = await opened();
    await journal.close();
    await journal.begin(order(1));
    expect(kept()).toBe(0);
  });
});
