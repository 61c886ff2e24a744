import { createBudget, createBudgets } from '../../../connectors/shared/budget';
import type { Timing } from '../../../connectors/shared/timing';

let now: number;
let waits: number[];
const timing: Timing = {
  clock: { now: () => now },
  random: () => 0,
  sleep: async (ms) => {
    waits.push(ms);
    now += ms;
  },
};

beforeEach(() => {
  now = 1_000_000;
  waits = [];
});

describe('a budget', () => {
  const limit = { requests: 3, windowMs: 1000 };
  const FAR = Number.MAX_SAFE_INTEGER;

  test('lets a limited number through at once and holds the next one until the window has moved on', async () => {
    const budget = createBudget(limit, timing);
    await budget.take(FAR);
    now += 400;
    await budget.take(FAR);
    await budget.take(FAR);
    expect(waits).toEqual([]);
    await budget.take(FAR);
    expect(waits).toEqual([600]);
    await budget.take(FAR);
    expect(waits).toEqual([600, 400]);
  });

  test('is never exceeded in any period of that length, no matter how many ask at once', async () => {
    const sleepers: { until: number; wake: () => void }[] = [];
    const sleep = (ms: number) => new Promise<void>((wake) => void sleepers.push({ until: now + ms, wake }));
    const budget = createBudget(limit, { ...timing, sleep });
    const at: number[] = [];
    const ask = async (after: number) => {
      await sleep(after);
      await budget.take(FAR);
      at.push(now);
    };
    const asked = Promise.all(Array.from({ length: 20 }, (_, index) => ask(index * 70)));
    while (sleepers.length > 0) {
      const [next] = sleepers.sort((one, other) => one.until - other.until).splice(0, 1);
      now = next?.until ?? now;
      next?.wake();
      await new Promise((resolve) => setImmediate(resolve));
    }
    await asked;
    expect(at).toHaveLength(20);
    for (const start of at) {
      const within = at.filter((time) => time >= start && time < start + limit.windowMs);
      expect(within.length).toBeLessThanOrEqual(limit.requests);
    }
  });

  test('says how many seconds to wait when the wait is too long, and does not count the request', async () => {
    const budget = createBudget(limit, timing);
    for (let asked = 0; asked < 3; asked++) await budget.take(now);
    await expect(budget.take(now + 999)).rejects.toMatchObject({ refusal: 'throttled', detail: '1' });
    expect(waits).toEqual([]);
    now += 1000;
    for (let asked = 0; asked < 3; asked++) await budget.take(now);
    await expect(budget.take(now)).rejects.toMatchObject({ refusal: 'throttled' });
  });

  test('that was used up is still known when other accounts come and go', async () => {
    const budgets = createBudgets(timing);
    for (let asked = 0; asked < 3; asked++) await budgets('one', limit).take(now);
    await budgets('two', limit).take(now);
    await expect(budgets('one', limit).take(now)).rejects.toMatchObject({ refusal: 'throttled' });
    const used = budgets('one', limit);
    now += 1000;
    await budgets('two', limit).take(now);
    expect(budgets('one', limit)).not.toBe(used);
  });
});
