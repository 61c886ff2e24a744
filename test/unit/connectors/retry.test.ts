import { PassingFault } from '../../../connectors/shared/networkFault';
import { retried } from '../../../connectors/shared/retry';
import { SourceRefused } from '../../../domain/organizations/ports';

const NOW = Date.UTC(2026, 10, 23);

describe('trying again', () => {
  let now: number;
  let waits: number[];
  let dice: number[];
  const timing = {
    clock: { now: () => now },
    random: () => dice.shift() ?? 0.5,
    sleep: async (ms: number) => {
      waits.push(ms);
      now += ms;
    },
  };
  const failing = (times: number, fault: () => Error) => {
    let tries = 0;
    return async () => {
      tries++;
      if (tries <= times) throw fault();
      return tries;
    };
  };
  const passing = (waitMs?: number) => () => new PassingFault(new SourceRefused('unavailable'), waitMs);

  beforeEach(() => {
    now = NOW;
    waits = [];
    dice = [];
  });

  test('waits a random time, up to twice as long after each try', async () => {
    dice = [0.2, 0.9, 0];
    expect(await retried(failing(3, passing()), timing, NOW + 60_000)).toBe(4);
    expect(waits).toEqual([100, 900, 0]);
  });

  test('gives up after four tries with the refusal', async () => {
    await expect(retried(failing(4, passing()), timing, NOW + 60_000)).rejects.toMatchObject({
      name: 'SourceRefused',
      refusal: 'unavailable',
    });
    expect(waits).toHaveLength(3);
  });

  test('is never earlier than the vendor asks', async () => {
    await retried(failing(1, passing(8000)), timing, NOW + 60_000);
    expect(waits).toEqual([8250]);
  });

  test('begins no wait that would end too late', async () => {
    await expect(retried(failing(1, passing(60_000)), timing, NOW + 60_000)).rejects.toMatchObject({
      refusal: 'unavailable',
    });
    expect(waits).toEqual([]);
  });

  test('passes on every other error at once', async () => {
    await expect(
      retried(
        failing(1, () => new SourceRefused('badKey')),
        timing,
        NOW + 60_000,
      ),
    ).rejects.toMatchObject({ refusal: 'badKey' });
    await expect(
      retried(
        failing(1, () => new RangeError('x')),
        timing,
        NOW,
      ),
    ).rejects.toThrow(RangeError);
    expect(waits).toEqual([]);
  });
});
