import {
  ask,
  begin,
  dueAt,
  end,
  SPACING_MS,
  type SyncState,
  unserved,
} from '../../../../agent/sync/askedSync';

const reset = { resets: 1 };
const later = (state: SyncState, times: number, now: number) =>
  Array.from({ length: times }).reduce<SyncState>((each) => ask(each, reset, now), state);

describe('a request for a delta sync', () => {
  it('is due at once when no run came before', () => {
    expect(dueAt(ask({}, reset, 1000))).toBe(1000);
  });

  it('joins others, with all resets and orders and the time of the first', () => {
    const state = ask(ask(ask({}, reset, 1000), { resets: 0, commandId: 'c1' }, 2000), { resets: 4 }, 3000);
    expect(state.waiting).toEqual({ resets: 5, commandIds: ['c1'], urgent: false, askedAt: 1000 });
  });

  it('never runs beside another run', () => {
    const running = begin(ask({}, reset, 1000), 1000);
    const more = ask(running, { resets: 1, commandId: 'c1' }, 1500);
    expect(dueAt(running)).toBeUndefined();
    expect(dueAt(more)).toBeUndefined();
  });

  it('waits until two minutes after the last start, but a person’s order does not', () => {
    const ended = end(begin(ask({}, reset, 1000), 1000));
    expect(dueAt(ended)).toBeUndefined();
    expect(dueAt(ask(ended, reset, 5000))).toBe(1000 + SPACING_MS);
    expect(dueAt(ask(ended, reset, 900_000))).toBe(900_000);
    const wish = { resets: 0, commandId: 'c1', urgent: true };
    expect(dueAt(ask(ended, wish, 5000))).toBe(5000);
    expect(dueAt(ask(ask(ended, reset, 5000), wish, 6000))).toBe(5000);
  });

  it('that an order makes for a reset waits as a reset does', () => {
    const ended = end(begin(ask({}, reset, 1000), 1000));
    expect(dueAt(ask(ended, { resets: 0, commandId: 'c1' }, 5000))).toBe(1000 + SPACING_MS);
  });

  it('names an order once, even if the order comes again', () => {
    const asked = { resets: 0, commandId: 'c1' };
    expect(ask(ask({}, asked, 1000), asked, 2000).waiting?.commandIds).toEqual(['c1']);
  });

  it('makes two runs of a burst of 500 resets, some of which come during the first', () => {
    let state = later({}, 100, 0);
    let runs = 0;
    for (let now = 0; now <= 600_000; now += 1000) {
      const due = dueAt(state);
      if (due !== undefined && due <= now) {
        state = begin(state, now);
        runs += 1;
      }
      if (now === 10_000) state = later(state, 400, now);
      if (now % 60_000 === 0) state = end(state);
    }
    expect({ runs, left: state.waiting }).toEqual({ runs: 2, left: undefined });
  });

  it('is served only when its run has ended', () => {
    const running = begin(ask({}, { resets: 2, commandId: 'c1' }, 1000), 1000);
    const both = ask(running, { resets: 3, commandId: 'c2' }, 2000);
    expect(unserved(both)).toEqual({ resets: 5, commandIds: ['c1', 'c2'], urgent: false, askedAt: 1000 });
    expect(unserved(end(both))).toEqual({ resets: 3, commandIds: ['c2'], urgent: false, askedAt: 2000 });
    expect(unserved(end(running))).toBeUndefined();
  });
});
