import { z } from 'zod';
import { jobKind } from '../../../bot/jobs/jobKind';
import { createJobRunner } from '../../../bot/jobs/runner';
import { enqueueJob } from '../../../domain/jobs/enqueueJob';
import { createLinesLog } from '../../helpers/linesLog';
import { memoryStores, TestClock } from '../../helpers/memoryStores';

const SECOND = 1000;

beforeEach(() => jest.useFakeTimers());
afterEach(() => jest.useRealTimers());

it('a job that takes longer than its lease is kept by who runs it, and run once', async () => {
  const clock = new TestClock();
  const { jobs } = memoryStores(clock);
  const { log, lines } = createLinesLog('info');
  let runs = 0;
  let finish = (): void => undefined;
  const slow = jobKind({
    kind: 'slow',
    schema: z.unknown(),
    async handle() {
      runs++;
      await new Promise<void>((resolve) => {
        finish = resolve;
      });
      return undefined;
    },
  });
  const runner = () => createJobRunner({ jobs, clock, log, kinds: [slow] });
  await enqueueJob({ jobs, clock }, { id: 'j', kind: 'slow', input: {} });
  const first = runner().tick();
  const second = runner();
  for (let passed = 0; passed < 300; passed += 10) {
    clock.advance(10 * SECOND);
    await jest.advanceTimersByTimeAsync(10 * SECOND);
    expect(await second.tick()).toBe(0);
  }
  finish();
  await first;
  expect(runs).toBe(1);
  expect((await jobs.get('j'))?.value).toMatchObject({ state: 'done', attempts: 0 });
  expect(lines()).toEqual([]);
});
