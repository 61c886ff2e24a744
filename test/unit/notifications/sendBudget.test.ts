import { createSendSlots, TEAMS_LIMITS } from '../../../bot/notifications/sendBudget';
import { memoryStores, TestClock } from '../../helpers/memoryStores';

/** How many of the sorted `times` lie in the fullest window of `ms`. */
function fullest(times: readonly number[], ms: number): number {
  let first = 0;
  let most = 0;
  times.forEach((at, index) => {
    while (at - (times[first] ?? at) >= ms) first++;
    most = Math.max(most, index - first + 1);
  });
  return most;
}

/** When each send would go, when `senders` instances send as fast as they may. */
async function sends(
  count: number,
  senders: number,
  conversationOf: (n: number) => string,
): Promise<number[]> {
  const clock = new TestClock();
  const { sendBudgets } = memoryStores(clock);
  const slots = Array.from({ length: senders }, () => createSendSlots({ sendBudgets, clock }, TEAMS_LIMITS));
  const waits: number[] = [];
  for (let n = 0; n < count; n++) waits.push((await slots[n % senders]?.take(conversationOf(n))) ?? 0);
  return waits.toSorted((a, b) => a - b);
}

test('all instances together stay below 50 a second, and use at least 95 % of it', async () => {
  const times = await sends(500, 3, (n) => `conversation ${n}`);
  expect(fullest(times, 1_000)).toBeLessThanOrEqual(50);
  expect(times.at(-1)).toBeLessThanOrEqual((500 / 47.5) * 1_000);
});

test('one conversation stays below 7 in 1 s, 8 in 2 s, 60 in 30 s and 1800 in an hour', async () => {
  const times = await sends(2_000, 2, () => 'one');
  expect(fullest(times, 1_000)).toBeLessThanOrEqual(7);
  expect(fullest(times, 2_000)).toBeLessThanOrEqual(8);
  expect(fullest(times, 30_000)).toBeLessThanOrEqual(60);
  expect(fullest(times, 3_600_000)).toBeLessThanOrEqual(1_800);
});
