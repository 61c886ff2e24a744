import { createRateLimit } from '../../../domain/agents/rateLimit';
import { createTurnstile } from '../../../domain/agents/turnstile';
import { TestClock } from '../../helpers/memoryStores';
import { gate } from '../../helpers/runningServer';

test('a rate limit counts each key by itself, anew in each window', () => {
  const clock = new TestClock();
  const limit = createRateLimit(clock, 2, 60_000);
  expect([limit('a'), limit('a'), limit('b')]).toEqual([undefined, undefined, undefined]);
  clock.advance(59_000);
  expect([limit('a'), limit('b'), limit('b')]).toEqual([1, undefined, 1]);
  clock.advance(1_000);
  expect(limit('a')).toBeUndefined();
});

describe('a turnstile', () => {
  it('lets some through at a time, keeps some in line, and refuses more', async () => {
    const turnstile = createTurnstile(1, 1);
    const [one, two] = [gate(), gate()];
    const seen: string[] = [];
    const first = turnstile(async () => one.opened.then(() => seen.push('first')));
    const second = turnstile(async () => two.opened.then(() => seen.push('second')));
    await expect(turnstile(async () => seen.push('third'))).rejects.toMatchObject({ code: 'tryLater' });
    two.open();
    one.open();
    await Promise.all([first, second]);
    expect(seen).toEqual(['first', 'second']);
    await turnstile(async () => seen.push('fourth'));
    expect(seen).toHaveLength(3);
  });

  it('goes on after work that failed', async () => {
    const turnstile = createTurnstile(1, 5);
    const fails = () => turnstile(async () => Promise.reject(new TypeError('failed')));
    const outcomes = await Promise.allSettled([fails(), fails(), turnstile(async () => 'fine')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  });
});

describe('a turnstile whose people go away', () => {
  it('lets nobody wait who is gone, and gives the place in line to others', async () => {
    const turnstile = createTurnstile(1, 1);
    const [open, gone] = [gate(), new AbortController()];
    const seen: string[] = [];
    const first = turnstile(() => open.opened);
    const second = turnstile(async () => seen.push('second'), gone.signal);
    gone.abort();
    await expect(second).rejects.toMatchObject({ code: 'tryLater' });
    const third = turnstile(async () => seen.push('third'));
    open.open();
    await Promise.all([first, third]);
    await expect(turnstile(async () => seen.push('fourth'), gone.signal)).rejects.toMatchObject({
      code: 'tryLater',
    });
    expect(seen).toEqual(['third']);
  });
});
