import { createEnding } from '../../../bot/http/ending';

describe('the end of a request', () => {
  it('tells all who wait, once, and nobody who comes later', () => {
    const ending = createEnding();
    const told: string[] = [];
    ending.onEnd(() => told.push('first'));
    ending.onEnd(() => told.push('second'));
    expect([ending.isOver(), ...told]).toEqual([false]);
    ending.end();
    ending.end();
    ending.onEnd(() => told.push('late'));
    expect([ending.isOver(), ...told]).toEqual([true, 'first', 'second']);
  });

  it('aborts the signal, even when somebody asks for the signal after the end', () => {
    const [before, after] = [createEnding(), createEnding()];
    const signal = before.signal();
    expect([signal.aborted, before.signal() === signal]).toEqual([false, true]);
    before.end();
    after.end();
    expect([signal.aborted, after.signal().aborted]).toEqual([true, true]);
    expect(signal.reason).toMatchObject({ name: 'AbortError' });
  });
});
