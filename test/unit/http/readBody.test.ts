import type { IncomingMessage } from 'node:http';
import { PassThrough } from 'node:stream';
import { createBodyBudget } from '../../../bot/http/bodyBudget';
import { createEnding } from '../../../bot/http/ending';
import { readRaw } from '../../../bot/http/readBody';

const request = () =>
  Object.assign(new PassThrough(), { headers: {}, complete: false }) as unknown as PassThrough &
    IncomingMessage;
const boundless = () => true;

describe('reading a body', () => {
  beforeEach(() => jest.useFakeTimers({ doNotFake: ['nextTick', 'setImmediate'] }));
  afterEach(() => jest.useRealTimers());
  const settled = () => new Promise((resolve) => setImmediate(resolve));

  it('gives up when it comes too slowly', async () => {
    const slow = request();
    const read = readRaw(slow, boundless, 1_000_000);
    slow.write('x'.repeat(5_000));
    await settled();
    jest.advanceTimersByTime(8_000);
    slow.write('x');
    await settled();
    jest.advanceTimersByTime(8_000);
    await expect(read).rejects.toMatchObject({ status: 408 });
  });

  it('goes on while it comes steadily', async () => {
    const steady = request();
    const read = readRaw(steady, boundless, 1_000_000);
    for (let n = 0; n < 10; n++) {
      steady.write('x'.repeat(5_000));
      await settled();
      jest.advanceTimersByTime(8_000);
    }
    steady.end();
    expect(await read).toHaveLength(50_000);
    expect(jest.getTimerCount()).toBe(0);
  });

  it('refuses it when there is no room for it', async () => {
    const large = request();
    const read = readRaw(large, createBodyBudget(1_000)('a', createEnding()), 1_000_000);
    large.write('x'.repeat(2_000));
    await expect(read).rejects.toMatchObject({ status: 503 });
  });
});

describe('the room for bodies', () => {
  it('has a limit for one client and for all, and is free again when a request has ended', () => {
    const budgetFor = createBodyBudget(10, 15);
    const [first, second] = [createEnding(), createEnding()];
    const [one, same, other] = [budgetFor('a', first), budgetFor('a', second), budgetFor('b', second)];
    expect([one(6), same(4), same(1), other(5), other(1)]).toEqual([true, true, false, true, false]);
    first.end();
    expect([one(1), same(1), other(5), other(1)]).toEqual([false, true, true, false]);
    second.end();
    const last = budgetFor('c', createEnding());
    expect([last(10), last(1)]).toEqual([true, false]);
  });
});
