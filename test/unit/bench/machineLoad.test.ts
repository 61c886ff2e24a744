import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  disturbances,
  loadOf,
  type MachineLoad,
  type Sample,
  wordsOf,
} from '../../../bench/measure/machineLoad';
import { processorTimesOf, processTimesOf, workedBy } from '../../../bench/measure/procStat';
import { watched } from '../../../bench/measure/watchMachine';

const STAT = `cpu  1000 10 500 8000 90 5 15 20 300 0
cpu0 500 5 250 4000 45 3 8 10 150 0
cpu1 500 5 250 4000 45 2 7 10 150 0
intr 12345 0 0
ctxt 99
`;

describe('the kernel’s figures', () => {
  it('of the processors: waiting for the disk is idle time, and guests are counted once', () => {
    expect(processorTimesOf(STAT)).toEqual({ busy: 1530, steal: 20, total: 9640, cores: 2 });
    expect(processorTimesOf('')).toBeUndefined();
  });

  it('of a process, with any name', () => {
    const line = '42 (a) b (c) 9 9) S 7 1 1 0 -1 0 0 0 0 0 11 12 13 14 20 0 1 0 100 0 0';
    expect(processTimesOf(line)).toEqual({ pid: 42, parent: 7, worked: 50 });
    expect(processTimesOf('')).toBeUndefined();
  });

  it('of a family: the bench, its children, and their children', () => {
    const processes = [
      { pid: 1, parent: 0, worked: 1_000 },
      { pid: 10, parent: 1, worked: 5 },
      { pid: 11, parent: 10, worked: 20 },
      { pid: 12, parent: 11, worked: 300 },
      { pid: 20, parent: 1, worked: 4_000 },
    ];
    expect(workedBy(10, processes)).toBe(325);
    expect(workedBy(99, processes)).toBe(0);
  });
});

/** After this many seconds of a machine with two cores. */
const at = (seconds: number, busy: number, own: number, steal = 0): Sample => ({
  busy,
  own,
  steal,
  total: seconds * 200,
  cores: 2,
});

describe('the load by others', () => {
  it('is the machine’s work less the bench’s own', () => {
    const load = loadOf([at(0, 0, 0), at(1, 150, 100), at(2, 300, 250)], [1, 3, 2]);
    expect(load).toMatchObject({ cores: 2, others: 0.25, othersPeak: 0.5, stealPercent: 0, fsyncMs: 2 });
  });

  it('is zero when the kernel has counted more for the bench than for the machine', () => {
    expect(loadOf([at(0, 0, 0), at(1, 99, 100)], [1])?.others).toBe(0);
  });

  it('includes the working time that the host took', () => {
    expect(loadOf([at(0, 0, 0), at(1, 90, 90, 10)], [1])?.stealPercent).toBe(10);
  });

  it('is unknown after one sample', () => {
    expect(loadOf([at(0, 0, 0)], [1])).toBeUndefined();
    expect(loadOf([], [])).toBeUndefined();
    expect([disturbances(undefined), wordsOf(undefined)]).toEqual([
      [],
      'how busy the machine was is not known here',
    ]);
  });
});

const quiet: MachineLoad = {
  cores: 2,
  others: 0.03,
  othersPeak: 0.1,
  stealPercent: 0.1,
  fsyncMs: 1,
  fsyncPeakMs: 60,
};

describe('a machine that is too busy', () => {
  it.each<[Partial<MachineLoad>, string[]]>([
    [{}, []],
    [{ others: 0.3 }, ['other programs']],
    [{ others: 0.3, cores: 8 }, []],
    [{ othersPeak: 0.9 }, ['other programs']],
    [{ stealPercent: 4 }, ['the host']],
    [{ fsyncMs: 45 }, ['the disk']],
    [{ others: 2, stealPercent: 9 }, ['other programs', 'the host']],
  ])('%j', (more, expected) => expect(disturbances({ ...quiet, ...more })).toEqual(expected));

  it('is described in numbers', () => {
    expect(wordsOf(quiet)).toBe(
      'others used 0.03 of 2 cores (peak 0.10), steal 0.1 %, fsync 1.0 ms (peak 60.0)',
    );
  });
});

it('is watched during work on the real machine, and nothing is left behind', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-bench-'));
  const until = Date.now() + 1_200;
  const work = async () => {
    while (Date.now() < until) await new Promise((resolve) => setTimeout(resolve, 50));
    return 'done';
  };
  const { value, load } = await watched(folder, work);
  expect(value).toBe('done');
  if (process.platform === 'linux') {
    expect(load?.cores).toBeGreaterThan(0);
    expect(load?.fsyncMs).toBeGreaterThan(0);
    expect(load?.others).toBeLessThanOrEqual(load?.cores ?? 0);
  }
  rmSync(folder, { recursive: true });
});

it('an error of the work is also the error of the watch', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-bench-'));
  await expect(watched(folder, () => Promise.reject(new TypeError('broken')))).rejects.toThrow('broken');
  rmSync(folder, { recursive: true });
});
