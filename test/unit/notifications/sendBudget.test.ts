import fc from 'fast-check';
import { createSendSlots, type SendSlots, TEAMS_LIMITS } from '../../../bot/sending/sendBudget';
import { fullest, PlayedTeams } from '../../helpers/bot/playedTeams';

const everybody = (n: number) => `conversation ${n}`;
const lasting = (times: readonly number[]) => (times.at(-1) ?? 0) - (times[0] ?? 0);

test.each([1, 2, 5])(
  '%i instances together use at least 95 %% of 50 a second, and are never refused',
  async (n) => {
    const teams = new PlayedTeams(n);
    const times = await teams.sendAll(600, everybody, n * 40);
    expect(times).toHaveLength(600);
    expect(teams.refused).toBe(0);
    expect(lasting(times)).toBeLessThanOrEqual((600 / 47.5) * 1_000);
  },
);

test('a varying time on the way costs little of the limit', async () => {
  const chance = random(7);
  const jitter = () => 30 + chance() * 10;
  const teams = new PlayedTeams(2, { out: jitter, back: jitter, heldUp: () => chance() * 5 });
  const times = await teams.sendAll(600, everybody, 80);
  expect(teams.refused).toBe(0);
  expect(lasting(times)).toBeLessThanOrEqual((600 / 47.5) * 1_000);
});

/** A send waits until the stall is over; stalls come from time to time, after this many sends. */
const stalls = (seed: number, mostMs: number) => {
  const chance = random(seed);
  let until = 0;
  let passed = 0;
  return (now: number) => {
    passed += 1;
    if (now > until && passed > LEARNING && chance() < 0.02) until = now + chance() * mostMs;
    return Math.max(0, until - now);
  };
};
/** An instance learns from its first sends how long the way takes. */
const LEARNING = 150;

test('however long sends are held up on their way, Teams refuses none', async () => {
  const held = fc.record({ seed: fc.integer(), mostMs: fc.integer({ min: 20, max: 900 }) });
  await fc.assert(
    fc.asyncProperty(held, fc.integer({ min: 1, max: 3 }), async ({ seed, mostMs }, instances) => {
      const stall = { out: stalls(seed, mostMs), back: stalls(seed + 1, mostMs), late: random(seed + 2) };
      const teams = new PlayedTeams(instances, {
        out: (now) => 20 + stall.out(now),
        back: (now) => 20 + stall.back(now),
        heldUp: () => (stall.late() < 0.05 ? stall.late() * mostMs : 0),
      });
      const times = await teams.sendAll(500, everybody, 60);
      expect(times).toHaveLength(500);
      expect(teams.refused).toBe(0);
      expect(fullest(times, 1_000)).toBeLessThanOrEqual(50);
    }),
    { numRuns: 30 },
  );
});

test('a dead instance keeps its slots from the others for ten seconds', async () => {
  const teams = new PlayedTeams(2);
  const [dead, other] = teams.slots as [SendSlots, SendSlots];
  for (let n = 0; n < 50; n++) void dead.take(everybody(n)).catch(() => undefined);
  await teams.passTime();
  const from = teams.clock.now();
  const sent = teams.send(other, 'one');
  await teams.passTime();
  await sent;
  expect(teams.clock.now() - from).toBeGreaterThan(5_000);
  expect(teams.clock.now() - from).toBeLessThan(15_000);
});

test('when Teams refuses two conversations, no instance sends until Teams allows it', async () => {
  const teams = new PlayedTeams(2);
  teams.busyUntil = teams.clock.now() + 15_000;
  const tries: number[] = [];
  const take = teams.take.bind(teams);
  teams.take = () => {
    tries.push(teams.clock.now());
    return take();
  };
  const times = await teams.sendAll(200, everybody, 80);
  expect(times).toHaveLength(200);
  expect(times[0]).toBeGreaterThanOrEqual(teams.busyUntil);
  const [first = 0] = tries;
  // Sends that were under way when the first answers came; later only checks whether the second is over.
  expect(teams.refused).toBeLessThanOrEqual(15 * 10);
  expect(tries.filter((at) => at < first + 100).length).toBeLessThanOrEqual(10);
});

test('a conversation that Teams refuses is left alone for that time, and the others are not', async () => {
  const teams = new PlayedTeams(1);
  const [slots] = teams.slots as [SendSlots];
  const slot = await slots.take('one');
  if ('laterMs' in slot) throw new TypeError('no slot');
  const used = slot.use(async () => ({ kind: 'throttled', waitMs: 30_000 }));
  await teams.passTime();
  await used;
  expect(await slots.take('one')).toEqual({ laterMs: 30_000 });
  const from = teams.clock.now();
  const others = await teams.sendAll(100, everybody, 40);
  expect(lasting([from, ...others])).toBeLessThanOrEqual(3_000);
});

test('one conversation stays below 7 in 1 s, 8 in 2 s, 60 in 30 s and 1800 in an hour, and every card is sent', async () => {
  const times = await new PlayedTeams(2).sendAll(2_000, () => 'one', 20);
  expect(times).toHaveLength(2_000);
  expect(fullest(times, 1_000)).toBeLessThanOrEqual(7);
  expect(fullest(times, 2_000)).toBeLessThanOrEqual(8);
  expect(fullest(times, 30_000)).toBeLessThanOrEqual(60);
  expect(fullest(times, 3_600_000)).toBeLessThanOrEqual(1_800);
  expect(lasting(times)).toBeLessThanOrEqual(2_000 * 2_010 * 1.01);
});

test('a waiting conversation takes no slot from the others', async () => {
  const teams = new PlayedTeams(1);
  const [slots] = teams.slots as [SendSlots];
  const taken = [];
  for (let n = 0; n < 20; n++) taken.push(await slots.take('one'));
  expect(taken.filter((slot) => 'use' in slot)).toHaveLength(6);
  const others = await teams.sendAll(44, everybody, 40);
  expect(lasting(others)).toBeLessThanOrEqual(1_000);
});

test('a time that only a wrong clock can have written makes nobody wait', async () => {
  const teams = new PlayedTeams(1);
  const tomorrow = teams.clock.now() + 24 * 3_600_000;
  const wrong = { nextAt: tomorrow, lots: Array.from({ length: 10 }, () => tomorrow), expiresAt: tomorrow };
  for (const id of ['tenant', 'thread|one']) await teams.deps.stores.sendBudgets.insert(id, wrong);
  const times = await teams.sendAll(3, () => 'one', 3);
  expect(times).toHaveLength(3);
  expect(lasting(times)).toBeLessThanOrEqual(3 * 2_010);
});

test('the result of a send counts even when the store does not take the changed budget', async () => {
  const teams = new PlayedTeams(1);
  const { sendBudgets } = teams.deps.stores;
  const slots = createSendSlots(teams.deps, TEAMS_LIMITS);
  const slot = await slots.take('one');
  if ('laterMs' in slot) throw new TypeError('no slot');
  sendBudgets.replace = () => Promise.reject(new TypeError('the store is away'));
  const result = slot.use(() => teams.take());
  await teams.passTime();
  expect(await result).toEqual({ kind: 'sent' });
});

test('without limits everything may go at once', async () => {
  const teams = new PlayedTeams(1);
  const none = createSendSlots(teams.deps, undefined);
  for (let n = 0; n < 100; n++) {
    const slot = await none.take('one');
    if ('laterMs' in slot) throw new TypeError('there is a limit');
    expect(await slot.use(async () => ({ kind: 'sent' }))).toEqual({ kind: 'sent' });
  }
});

/** Numbers between 0 and 1 that look random, the same in every run (mulberry32). */
function random(seed: number): () => number {
  let state = seed | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
