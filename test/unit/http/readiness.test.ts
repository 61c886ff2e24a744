import { createReadiness } from '../../../bot/http/readiness';

test('believes a good look for a second, and a bad one not at all', async () => {
  let [now, looks] = [0, 0];
  const answers = [false, true, true];
  const isReady = createReadiness(
    async () => answers[looks++] ?? Promise.reject(new TypeError('down')),
    () => now,
  );
  expect([await isReady(), looks]).toEqual([false, 1]);
  expect([await isReady(), looks]).toEqual([true, 2]);
  now = 999;
  expect([await isReady(), looks]).toEqual([true, 2]);
  now = 1_000;
  expect([await isReady(), looks]).toEqual([true, 3]);
  now = 2_000;
  expect([await isReady(), looks]).toEqual([false, 4]);
});

test('a caller who asks while a look is running waits for that look', async () => {
  let looks = 0;
  let finish: (good: boolean) => void = () => undefined;
  const isReady = createReadiness(() => {
    looks++;
    return new Promise((resolve) => {
      finish = resolve;
    });
  });
  const asked = Array.from({ length: 100 }, () => isReady());
  finish(false);
  expect(new Set(await Promise.all(asked))).toEqual(new Set([false]));
  expect(looks).toBe(1);
});
