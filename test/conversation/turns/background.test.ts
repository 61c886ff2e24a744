import { createBackground } from '../../../bot/background';
import { gate } from '../../helpers/bot/runningServer';
import { createLinesLog } from '../../helpers/process/linesLog';

test('a stop signals the running chore and waits for it; no chore begins after that', async () => {
  const begun = gate();
  const told: string[] = [];
  const slow = {
    name: 'slow',
    everyMs: 1,
    run: (stopping?: AbortSignal) =>
      new Promise<void>((resolve) => {
        stopping?.addEventListener('abort', () => {
          told.push('stopping');
          setImmediate(() => {
            told.push('ended');
            resolve();
          });
        });
        begun.open();
      }),
  };
  const chores = createBackground([slow], createLinesLog().log);
  chores.start();
  await begun.opened;
  await chores.stop();
  expect(told).toEqual(['stopping', 'ended']);
});

test('a woken chore begins at once, and runs once more when it was running already', async () => {
  const begun = [gate(), gate(), gate()];
  const ends = [gate(), gate(), gate()];
  let runs = 0;
  const chore = {
    name: 'notifications',
    everyMs: 3_600_000,
    async run() {
      const n = runs++;
      begun[n]?.open();
      await ends[n]?.opened;
    },
  };
  const chores = createBackground([chore], createLinesLog().log);
  chores.wake('notifications');
  expect(runs).toBe(0);
  chores.start();
  chores.wake('notifications');
  await begun[0]?.opened;
  for (let n = 0; n < 5; n++) chores.wake('notifications');
  expect(runs).toBe(1);
  ends[0]?.open();
  await begun[1]?.opened;
  chores.wake('notifications');
  const stopped = chores.stop();
  ends[1]?.open();
  await stopped;
  expect(runs).toBe(2);
});

test('a frequent chore is logged when it found something, and a rare one always', async () => {
  const { log, lines } = createLinesLog('debug');
  const done = [gate(), gate(), gate()];
  const chore = (name: string, everyMs: number, n: number, found?: number) => ({
    name,
    everyMs,
    run: async () => {
      done[n]?.open();
      return found;
    },
  });
  const found = chore('notifications', 500, 0, 2);
  const idle = chore('pending replies', 500, 1, 0);
  const chores = createBackground([found, idle, chore('sweep', 600_000, 2)], log);
  chores.start();
  for (const { name } of [found, idle, { name: 'sweep' }]) chores.wake(name);
  await Promise.all(done.map(({ opened }) => opened));
  await chores.stop();
  expect(lines()).toEqual([
    expect.objectContaining({ chore: 'notifications', found: 2, msg: 'chore done' }),
    expect.objectContaining({ chore: 'sweep', msg: 'chore done' }),
  ]);
});
