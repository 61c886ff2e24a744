import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { z } from 'zod';
import { openIdentity } from '../../../../agent/identity';
import { createFileSecrets } from '../../../../agent/linux/fileSecrets';
import { FakeBot } from '../../../helpers/agent/fakeBot';
import { obey, type Point, SECRET } from '../../../helpers/agent/obeyingAgent';

const helper = (name: string) => join(__dirname, '../../../helpers', name);
const DONE = { outcome: 'done', finding: 'It is set.', result: { length: SECRET.length } };
const NOT_KNOWN = {
  outcome: 'failed',
  mayBeDone: true,
  finding: expect.stringContaining('Check whether it was done'),
};

/** What a bot of an earlier version reads of a report. */
const OLDER_REPORT = z.object({
  id: z.string().min(1).max(255),
  outcome: z.enum(['done', 'failed', 'expired', 'unknownVerb']),
  finding: z.string(),
});

let folder = '';
let bot: FakeBot;
let stop = new AbortController();
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'orders-killed-'));
  bot = await new FakeBot().listen();
  bot.publicKey = (await openIdentity(createFileSecrets(folder))).publicKey;
});
afterEach(async () => {
  stop.abort();
  await bot.close();
  rmSync(folder, { recursive: true, force: true });
});

const order = (verb: string, more: object = {}) => ({
  ...{ id: 'o1', verb, input: { password: SECRET }, expiresAt: bot.now() + 20 * 60_000 },
  ...more,
});
const told = (...ids: string[]) => ids.every((id) => bot.reports.some((report) => report.id === id));
const effects = () => kept('effects').split('\n').filter(Boolean).length;
function kept(name: string): string {
  try {
    return readFileSync(join(folder, name), 'utf8');
  } catch {
    return '';
  }
}

/** An agent that gets the order and dies at this point. */
async function diesAt(point: Point, verb: string): Promise<void> {
  bot.commands = [order(verb)];
  const args = [
    '-r',
    helper('process/tsRequire.cjs'),
    helper('agent/mortalAgent.ts'),
    folder,
    bot.url,
    point,
  ];
  const [, signal] = await once(spawn(process.execPath, args, { stdio: ['ignore', 2, 2] }), 'exit');
  expect(signal).toBe('SIGKILL');
  expect(kept('orders/journal.json')).not.toContain(SECRET);
}

/**
 * The agent's next run, until `what` holds. An answer may be lost with the run before, so the orders are
 * given until then.
 */
async function livesUntil(what: () => boolean, orders: ReturnType<typeof order>[] = []): Promise<void> {
  stop = new AbortController();
  bot.commands = [...orders];
  await obey({ folder, server: bot.url }, stop.signal, (at) => {
    if (at !== 'heard') return;
    if (what()) stop.abort();
    else bot.commands = [...orders];
  });
}

describe('an order whose agent is killed in the middle', () => {
  test.each([
    ['set', 'asked', 'asked', 1, DONE],
    ['set', 'begun', 'unasked', 0, NOT_KNOWN],
    ['set', 'did', 'unasked', 1, NOT_KNOWN],
    ['set', 'written', 'unasked', 1, DONE],
    ['set', 'reported', 'unasked', 1, DONE],
    ['refresh', 'begun', 'asked', 1, DONE],
    ['refresh', 'did', 'asked', 2, DONE],
    ['refresh', 'written', 'unasked', 1, DONE],
  ] as const)('%s, killed at “%s”: its next run reports it %s', async (verb, point, how, times, report) => {
    await diesAt(point, verb);
    bot.reports.splice(0);
    await livesUntil(() => bot.reports.length > 0, how === 'asked' ? [order(verb)] : []);
    expect(bot.reports).toEqual([{ id: 'o1', ...report }]);
    expect(OLDER_REPORT.safeParse(bot.reports[0]).success).toBe(true);
    expect(effects()).toBe(times);
    // The bot may ask once more, and gets the same report.
    await livesUntil(() => bot.reports.length > 1, [order(verb)]);
    expect(bot.reports[1]).toEqual({ id: 'o1', ...report });
    expect(effects()).toBe(times);
  });

  test('is not reported again by the run after the one that reported it', async () => {
    await livesUntil(() => bot.reports.length === 1, [order('set')]);
    await livesUntil(() => true);
    expect(bot.reports).toHaveLength(1);
  });

  test('is not begun again when nobody can read what was begun; a later order is', async () => {
    mkdirSync(join(folder, 'orders'));
    writeFileSync(join(folder, 'orders/journal.json'), '{"entries":[{');
    await livesUntil(() => told('o1', 'o2'), [order('set'), order('refresh', { id: 'o2' })]);
    expect(bot.reports).toEqual(
      expect.arrayContaining([
        { id: 'o1', ...NOT_KNOWN },
        { id: 'o2', ...DONE },
      ]),
    );
    await livesUntil(() => told('o3'), [order('set', { id: 'o3', expiresAt: bot.now() + 31 * 60_000 })]);
    expect(bot.reports.at(-1)).toEqual({ id: 'o3', ...DONE });
    expect(effects()).toBe(2);
  });

  test('that cannot be written down is done only if it is repeatable', async () => {
    mkdirSync(join(folder, 'orders/journal.json'), { recursive: true });
    const later = { expiresAt: bot.now() + 31 * 60_000 };
    await livesUntil(() => told('o1', 'o2'), [order('set', later), order('refresh', { ...later, id: 'o2' })]);
    expect(bot.reports).toEqual(
      expect.arrayContaining([
        { id: 'o1', outcome: 'failed', finding: expect.stringContaining('it did nothing') },
        { id: 'o2', ...DONE },
      ]),
    );
    expect(kept('effects')).toBe('refresh o2\n');
  });

  test('whose input this version cannot read is refused, and not done', async () => {
    await livesUntil(() => bot.reports.length === 1, [order('set', { input: { passphrase: SECRET } })]);
    expect(bot.reports).toMatchObject([{ outcome: 'failed', finding: expect.stringContaining('Update') }]);
    expect(effects()).toBe(0);
  });
});

describe('an agent that is stopped in the middle', () => {
  const stoppedWhen = async (point: Point, verb: string, then: () => void | Promise<void>) => {
    stop = new AbortController();
    bot.commands = [order(verb)];
    await obey({ folder, server: bot.url }, stop.signal, (at) => {
      if (at !== point) return undefined;
      stop.abort();
      return then();
    });
  };

  test('ends an order that must not be repeated, and its next run reports it', async () => {
    await stoppedWhen('begun', 'set', async () => {
      for (let turn = 0; turn < 20_000; turn++) await new Promise((resolve) => setImmediate(resolve));
    });
    expect(effects()).toBe(1);
    await livesUntil(() => bot.reports.length > 0);
    expect(bot.reports).toEqual([{ id: 'o1', ...DONE }]);
  });

  test('keeps no failure that came from the stop: its next run does what is repeatable', async () => {
    await stoppedWhen('begun', 'refresh', () => {
      throw new TypeError('stopped');
    });
    await livesUntil(() => bot.reports.length > 0, [order('refresh')]);
    expect(bot.reports).toEqual([{ id: 'o1', ...DONE }]);
    expect(effects()).toBe(1);
  });
});
