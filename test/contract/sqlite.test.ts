import { type ChildProcess, spawn } from 'node:child_process';
import { readdirSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import Database from 'libsql';
import type { Customer } from '../../domain/customers/customer';
import { StoreUnavailable } from '../../domain/errors';
import type { AnyCollection } from '../../storage/collectionDef';
import { customers } from '../../storage/collections/customers';
import { createStore } from '../../storage/createStore';
import { openSqlite } from '../../storage/drivers/sqlite';
import { connection } from '../../storage/drivers/sqliteConnection';
import { dueLinesSql } from '../../storage/drivers/sqliteLines';
import { listSql } from '../../storage/drivers/sqliteQuery';
import { createSchema } from '../../storage/drivers/sqliteSchema';
import { createSqliteTable } from '../../storage/drivers/sqliteTable';
import { sqliteWorld } from '../helpers/store/storageWorlds';
import { NOW } from '../helpers/store/storeSample';
import { samples } from '../helpers/store/storeSamples';

interface Acknowledged {
  id: string;
  version: number;
  attempts: number;
}

const helper = (name: string) => path.join(__dirname, '../helpers', name);

function writer(task: 'write' | 'count', folder: string, name: string): ChildProcess {
  const args = ['-r', helper('process/tsRequire.cjs'), helper('store/storeWriter.ts'), task, folder, name];
  return spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
}

/** All whole lines until the process has ended; `onLine` may end it. */
async function linesOf(child: ChildProcess, onLine: (count: number) => void): Promise<Acknowledged[]> {
  if (!child.stdout) throw new TypeError('the writer has no stdout');
  const lines: Acknowledged[] = [];
  for await (const line of createInterface({ input: child.stdout })) {
    lines.push(JSON.parse(line));
    onLine(lines.length);
  }
  return lines;
}

describe('the SQLite store', () => {
  let world: ReturnType<typeof sqliteWorld>;
  beforeEach(() => {
    world = sqliteWorld();
  });
  afterEach(() => world.close());

  test('a process that is killed while it writes loses no acknowledged write', async () => {
    const acknowledged = new Map<string, Acknowledged>();
    for (let round = 0; round < 5; round++) {
      const child = writer('write', world.folder, `round-${round}`);
      const lines = await linesOf(child, (count) => count === 100 + round * 37 && child.kill('SIGKILL'));
      for (const line of lines) acknowledged.set(line.id, line);
    }
    const { stores } = await world.open();
    expect(acknowledged.size).toBeGreaterThan(400);
    for (const { id, version, attempts } of acknowledged.values()) {
      const found = await stores.jobs.get(id);
      expect(found?.version).toBeGreaterThanOrEqual(version);
      if (found?.version === version) expect(found.value.attempts).toBe(attempts);
    }
  });

  test('two other processes and this one write one file at the same time, and no update is lost', async () => {
    const { stores } = await world.open();
    await stores.jobs.insert('counter', samples.jobs.make(0));
    const children = ['a', 'b'].map((name) => writer('count', world.folder, name));
    const reports = await Promise.all(children.map((child) => linesOf(child, () => undefined)));
    expect(reports).toEqual([[{ counted: 200 }], [{ counted: 200 }]]);
    const counter = await stores.jobs.get('counter');
    expect(counter).toMatchObject({ version: 401, value: { attempts: 400 } });
  });

  test('only the owner can read the files', async () => {
    const { stores } = await world.open();
    await stores.jobs.insert('a', samples.jobs.make(0));
    expect(statSync(world.folder).mode & 0o777).toBe(0o700);
    for (const file of ['keyturn.db', 'keyturn.db-wal', 'keyturn.db-shm'])
      expect([file, statSync(path.join(world.folder, file)).mode & 0o777]).toEqual([file, 0o600]);
  });

  test('has everything that was written when it is opened again; a closed store answers nothing', async () => {
    const first = await world.open();
    const saved = await first.stores.jobs.insert('a', samples.jobs.make(0));
    expect(await first.ready()).toBe(true);
    await first.close();
    await first.close();
    expect(await first.ready()).toBe(false);
    await expect(first.stores.jobs.get('a')).rejects.toThrow(StoreUnavailable);
    await expect(first.stores.jobs.claimDue(NOW, 1, 1)).rejects.toThrow(StoreUnavailable);
    expect(await (await world.open()).stores.jobs.get('a')).toEqual(saved);
  });

  test('leaves one file when it is closed, and loses nothing that another process goes on with', async () => {
    const first = await world.open();
    const second = await world.open();
    await first.stores.jobs.insert('a', samples.jobs.make(0));
    await first.close();
    await second.stores.jobs.insert('b', samples.jobs.make(1));
    expect(await second.stores.jobs.count()).toBe(2);
    expect(readdirSync(world.folder)).toHaveLength(3);

    const last = sqliteWorld();
    const alone = await last.open();
    await alone.stores.jobs.insert('a', samples.jobs.make(0));
    await alone.close();
    expect(readdirSync(last.folder)).toEqual(['keyturn.db']);
    expect(await (await last.open()).stores.jobs.count()).toBe(1);
    await last.close();
  });

  test('refuses an unusable folder with a sentence that names it', async () => {
    const file = path.join(world.folder, 'keyturn.db');
    writeFileSync(file, 'no database at all, but long enough to look like one'.repeat(100));
    await expect(world.open()).rejects.toMatchObject({
      code: 'settings',
      sentence: expect.stringContaining(world.folder),
    });
    expect(() => openSqlite(path.join(file, 'below'))).toThrow(expect.objectContaining({ code: 'settings' }));
  });

  test('refuses with a sentence a database that another program has locked', async () => {
    const other = new Database(path.join(world.folder, 'keyturn.db'));
    other.exec('PRAGMA locking_mode = EXCLUSIVE; PRAGMA journal_mode = WAL; CREATE TABLE theirs (x)');
    await expect(world.open()).rejects.toMatchObject({
      code: 'settings',
      sentence: expect.stringContaining('held by another program'),
    });
    other.close();
  });

  test('lists and claims use an index', async () => {
    await world.open();
    const database = new Database(path.join(world.folder, 'keyturn.db'));
    const plan = (sql: string, bound: unknown[]) =>
      (database.prepare(`EXPLAIN QUERY PLAN ${sql}`).all(bound) as { detail: string }[]).map(
        ({ detail }) => detail,
      );
    const list = (key: string, descending: boolean) =>
      listSql(
        customers,
        {
          where: [['status', 'active']],
          sort: { key, descending },
          after: { value: 'x', id: 'y' },
          limit: 9,
        },
        NOW,
      );
    for (const { sql, bound } of [list('nameKey', false), list('changedAt', true)])
      expect(plan(`SELECT id, version, body FROM customers ${sql}`, bound)).toEqual([
        expect.stringMatching(/^SEARCH customers USING INDEX customers_by_status_\w+ .*k_\w+,id\)[<>]/),
      ]);
    expect(plan('SELECT id FROM jobs WHERE due <= ? AND TRUE ORDER BY due, id LIMIT ?', [NOW, 9])).toEqual([
      expect.stringMatching(/^SEARCH jobs USING (COVERING )?INDEX jobs_due/),
    ]);
    const turns = plan(dueLinesSql('jobs', 'TRUE'), [NOW]).filter((step) => step.includes('jobs'));
    expect(turns).toHaveLength(3);
    for (const step of turns) expect(step).toMatch(/^SEARCH jobs USING COVERING INDEX jobs_turn \(line[=>]/);
    database.close();
  });

  test('a key that is declared later is filled in for existing documents', async () => {
    const before = openSqlite(world.folder);
    const old: AnyCollection<Customer> = { ...customers, keys: {}, unique: {}, indexes: [] };
    const table = before.table(old);
    await before.prepared();
    const saved = await createStore(old, table, world.clock).insert('a', samples.customers.make(1));
    await before.close();
    const { stores } = await world.open();
    expect(await stores.customers.find('nameKey', saved.value.nameKey)).toEqual(saved);
    expect((await stores.customers.list({ where: { status: 'active' }, limit: 2 })).items).toEqual([saved]);
  });

  test('a later key is filled in for very many documents, at most 500 of them in memory at once', async () => {
    const MANY = 1_201;
    const { sqlite, close } = connection(new Database(':memory:'));
    const old: AnyCollection<Customer> = { ...customers, keys: {}, unique: {}, indexes: [] };
    createSchema(sqlite, old);
    const store = createStore(old, createSqliteTable(sqlite, old), world.clock);
    const inserts = Array.from({ length: MANY }, (_, n) => store.insert(`c${n}`, samples.customers.make(n)));
    await Promise.all(inserts);
    const read = jest.spyOn(sqlite, 'all');
    createSchema(sqlite, customers);
    expect(Math.max(...read.mock.results.map(({ value }) => value.length))).toBe(500);
    const filled = createStore(customers, createSqliteTable(sqlite, customers), world.clock);
    expect(await filled.count({ where: { status: 'active' } })).toBe(MANY);
    close();
  });
});
