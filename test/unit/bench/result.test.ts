import type { MachineLoad } from '../../../bench/measure/machineLoad';
import { failed, judged, result, unmeasured } from '../../../bench/measure/result';
import { table } from '../../../bench/measure/table';

const quiet: MachineLoad = {
  cores: 2,
  others: 0.03,
  othersPeak: 0.1,
  stealPercent: 0,
  fsyncMs: 1,
  fsyncPeakMs: 2,
};
const busy = { ...quiet, others: 1.4, othersPeak: 1.9 };

const figures = [
  result('a turn', 277.004, 'ms', { atMost: 100 }),
  result('a share', 97, '%', { atLeast: 95 }),
  result('memory', 86.7, 'MB', { atMost: 80, atAnyLoad: true }),
  result('throughput', 812.3456, 'requests/s'),
];
const verdicts = (machine?: MachineLoad) => judged(figures, machine).map(({ verdict }) => verdict);

describe('a figure', () => {
  it('is compared with its goal on a quiet machine, and where the load is unknown', () => {
    const expected = ['not held', 'holds', 'not held', null];
    expect([verdicts(quiet), verdicts(undefined)]).toEqual([expected, expected]);
  });

  it('means nothing on a busy machine, met or not, unless it does not depend on the load', () => {
    expect(verdicts(busy)).toEqual(['not meaningful', 'not meaningful', 'not held', null]);
  });

  it('is no failure when it means nothing; a meaningful figure that misses its goal is', () => {
    const times = figures.slice(0, 2);
    expect(failed(judged(times, busy))).toBe(false);
    expect(failed(judged(times, quiet))).toBe(true);
    expect(failed(judged([unmeasured('a turn: not measured')], quiet))).toBe(false);
  });

  it('that could not be measured does not meet its goal', () => {
    expect(judged([result('a turn', Number.NaN, 'ms', { atMost: 100 })], quiet)).toMatchObject([
      { holds: false, verdict: 'not held' },
    ]);
  });

  it('keeps the fields that readers of the JSON know, and says how busy the machine was', () => {
    expect(judged(figures, busy)[0]).toEqual({
      name: 'a turn',
      value: 277,
      unit: 'ms',
      goal: '<= 100',
      holds: false,
      verdict: 'not meaningful',
      machine: busy,
    });
  });
});

it('appears in the table below the load of its part; the end of the table says what to do', () => {
  const [turn, ...others] = figures;
  const written = table([...judged(turn ? [turn] : [], quiet), ...judged(others, busy)]);
  expect(written.split('\n')).toEqual([
    '-- others used 0.03 of 2 cores (peak 0.10), steal 0.0 %, fsync 1.0 ms (peak 2.0)',
    'a turn        277 ms          goal <= 100: NOT HELD',
    '',
    '-- others used 1.40 of 2 cores (peak 1.90), steal 0.0 %, fsync 1.0 ms (peak 2.0); too busy (other programs)',
    'a share        97 %           goal >= 95: not meaningful',
    'memory       86.7 MB          goal <= 80: NOT HELD',
    'throughput  812.3 requests/s',
    '',
    '1 figures with a goal are not meaningful: measure them again on a quiet machine.',
  ]);
});
