import { createRateLimit } from '../../../domain/agents/admission/rateLimit';
import { createTurnstiles } from '../../../domain/agents/admission/turnstile';
import { gate } from '../../helpers/bot/runningServer';
import { TestClock } from '../../helpers/store/memoryStores';

test('a rate limit counts each key separately, and again in each window', () => {
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
    const turnstile = createTurnstiles({ inside: 1, waiting: 1 })('contoso');
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

  it('continues after work that failed', async () => {
    const turnstile = createTurnstiles({ inside: 1, waiting: 5 })('contoso');
    const fails = () => turnstile(async () => Promise.reject(new TypeError('failed')));
    const outcomes = await Promise.allSettled([fails(), fails(), turnstile(async () => 'fine')]);
    expect(outcomes.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'fulfilled']);
  });
});

describe('turnstiles of several customers', () => {
  it('let customers take turns, however many of one wait, and bound how many wait', async () => {
    const of = createTurnstiles({ inside: 1, waiting: 10, waitingOfOne: 3 });
    const open = gate();
    const seen: string[] = [];
    const first = of('hostile')(() => open.opened);
    const waiting = ['one', 'two', 'three'].map((what) => of('hostile')(async () => seen.push(what)));
    await expect(of('hostile')(async () => seen.push('four'))).rejects.toMatchObject({ code: 'tryLater' });
    const others = ['quiet', 'small'].map((who) => of(who)(async () => seen.push(who)));
    open.open();
    await Promise.all([first, ...waiting, ...others]);
    expect(seen).toEqual(['quiet', 'small', 'one', 'two', 'three']);
  });

  it('leave room for others while one customer is inside', async () => {
    const of = createTurnstiles({ inside: 2, waiting: 10 });
    const gates = [gate(), gate(), gate()];
    const seen: string[] = [];
    const hostile = gates.map(({ opened }, n) =>
      of('hostile')(async () => {
        seen.push(`hostile ${n}`);
        await opened;
      }),
    );
    const quiet = of('quiet')(async () => seen.push('quiet'));
    gates[0]?.open();
    await quiet;
    expect(seen.indexOf('quiet')).toBe(2);
    for (const { open } of gates) open();
    await Promise.all(hostile);
    expect(seen).toHaveLength(4);
  });

  it('let nobody wait who has given up, and move the others up', async () => {
    const turnstile = createTurnstiles({ inside: 1, waiting: 1 })('contoso');
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
