import { createSendSlots, type SendSlots, TEAMS_LIMITS } from '../../../bot/notifications/sendBudget';
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

/** `senders` instances on one store; a place that came tells so in `times`. `heldUp`: how much later a pause ends than it should. */
function instances(senders: number, heldUp: () => number = () => 0) {
  const clock = new TestClock();
  const { sendBudgets } = memoryStores(clock);
  const times: number[] = [];
  const sleeping: { until: number; wake: () => void }[] = [];
  const pause = (ms: number) =>
    new Promise<void>((wake) => void sleeping.push({ until: clock.now() + ms + heldUp(), wake }));
  const slots = Array.from({ length: senders }, () =>
    createSendSlots({ sendBudgets, clock, pause }, TEAMS_LIMITS),
  );
  const settled = async () => {
    for (let n = 0; n < 50; n++) await Promise.resolve();
  };
  /** Moves the clock from one end of a pause to the next until nobody waits. */
  const passTime = async () => {
    for (await settled(); sleeping.length > 0; await settled()) {
      sleeping.sort((a, b) => a.until - b.until);
      const next = sleeping.shift();
      clock.advance(Math.max(0, (next?.until ?? 0) - clock.now()));
      next?.wake();
    }
  };
  /** Asks until the place is given, as the store brings a delivery back. */
  const send = async (by: SendSlots, conversationId: string): Promise<void> => {
    for (;;) {
      const slot = await by.take(conversationId);
      if ('come' in slot) {
        await slot.come();
        times.push(clock.now());
        return;
      }
      await pause(slot.laterMs);
    }
  };
  const sendAll = async (count: number, conversationOf: (n: number) => string, atOnce: number) => {
    const lanes = Array.from({ length: atOnce }, async (_, lane) => {
      const by = slots[lane % senders];
      for (let n = lane; by && n < count; n += atOnce) await send(by, conversationOf(n));
    });
    await passTime();
    await Promise.all(lanes);
    return times.toSorted((a, b) => a - b);
  };
  return { clock, slots, sendAll };
}

const lasting = (times: readonly number[]) => (times.at(-1) ?? 0) - (times[0] ?? 0);

test('all instances together stay below 50 a second, and use at least 95 % of it', async () => {
  const times = await instances(3).sendAll(600, (n) => `conversation ${n}`, 90);
  expect(times).toHaveLength(600);
  expect(fullest(times, 1_000)).toBeLessThanOrEqual(50);
  expect(lasting(times)).toBeLessThanOrEqual((600 / 47.5) * 1_000);
});

test('sends that are held up do not come together with those after them', async () => {
  let pauses = 0;
  const held = instances(2, () => (++pauses % 40 < 4 ? 70 : 0));
  const times = await held.sendAll(400, (n) => `conversation ${n}`, 60);
  expect(times).toHaveLength(400);
  expect(fullest(times, 1_000)).toBeLessThanOrEqual(50);
});

test('one conversation stays below 7 in 1 s, 8 in 2 s, 60 in 30 s and 1800 in an hour, and all of it goes', async () => {
  const times = await instances(2).sendAll(2_000, () => 'one', 20);
  expect(times).toHaveLength(2_000);
  expect(fullest(times, 1_000)).toBeLessThanOrEqual(7);
  expect(fullest(times, 2_000)).toBeLessThanOrEqual(8);
  expect(fullest(times, 30_000)).toBeLessThanOrEqual(60);
  expect(fullest(times, 3_600_000)).toBeLessThanOrEqual(1_800);
  expect(lasting(times)).toBeLessThanOrEqual(2_000 * 2_010 * 1.01);
});

test('a conversation that has to wait takes no place of the others', async () => {
  const { slots, clock } = instances(1);
  const taken: (Awaited<ReturnType<SendSlots['take']>> | undefined)[] = [];
  for (let n = 0; n < 20; n++) taken.push(await slots[0]?.take('one'));
  expect(taken.filter((slot) => slot && 'come' in slot)).toHaveLength(6);
  const other = await slots[0]?.take('other');
  if (!other || 'laterMs' in other) throw new TypeError('the other conversation was given no place');
  // The seventh place: those that the first conversation could not use are there again.
  clock.advance(6 * TEAMS_LIMITS.tenant.everyMs + 1);
  await other.come();
});

test('without limits everything may go at once', async () => {
  const clock = new TestClock();
  const none = createSendSlots({ ...memoryStores(clock), clock, pause: () => Promise.reject() }, undefined);
  for (let n = 0; n < 100; n++) {
    const slot = await none.take('one');
    if ('laterMs' in slot) throw new TypeError('there is a limit');
    await slot.come();
  }
});
