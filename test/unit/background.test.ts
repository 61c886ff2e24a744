import { startChores } from '../../bot/background';
import { createLinesLog } from '../helpers/linesLog';
import { gate } from '../helpers/runningServer';

test('stopping is told to a chore that runs, and waited for; none begins after it', async () => {
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
  const chores = startChores([slow], createLinesLog().log);
  await begun.opened;
  await chores.stop();
  expect(told).toEqual(['stopping', 'ended']);
});
