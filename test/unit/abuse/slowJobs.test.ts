import { z } from 'zod';
import { jobKind } from '../../../bot/jobs/jobKind';
import { createJobRunner } from '../../../bot/jobs/runner';
import { enqueueJob } from '../../../domain/jobs/enqueueJob';
import { createLinesLog } from '../../helpers/process/linesLog';
import { memoryStores, TestClock } from '../../helpers/store/memoryStores';

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
  const runner = () => createJobRunner({ stores: { jobs }, clock, log, kinds: [slow] });
  await enqueueJob({ stores: { jobs }, clock }, { id: 'j', kind: 'slow', input: {} });
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

it('much work at once does not wait for the next look: each that ends makes room for the one due longest', async () => {
  jest.useFakeTimers({ doNotFake: ['setImmediate', 'nextTick'] });
  const clock = new TestClock();
  const { jobs } = memoryStores(clock);
  const { log } = createLinesLog('info');
  const begun: string[] = [];
  let atOnce = 0;
  let most = 0;
  const short = jobKind({
    kind: 'short',
    schema: z.unknown(),
    async handle(_input, { id }) {
      begun.push(id);
      most = Math.max(most, ++atOnce);
      await Promise.resolve();
      atOnce -= 1;
      return undefined;
    },
  });
  const ids = Array.from({ length: 50 }, (_, n) => String(n).padStart(2, '0'));
  for (const id of ids) {
    await enqueueJob({ stores: { jobs }, clock }, { id, kind: 'short', input: {} });
    clock.advance(1);
  }
  const runner = createJobRunner({ stores: { jobs }, clock, log, kinds: [short] });
  runner.start();
  await jest.advanceTimersByTimeAsync(1000);
  for (let turn = 0; turn < 500; turn++) await new Promise(setImmediate);
  await runner.stop();
  expect(begun).toEqual(ids);
  expect(most).toBeLessThanOrEqual(8);
});

it('a customer whose many jobs do not end leaves places for the others', async () => {
  const clock = new TestClock();
  const { jobs } = memoryStores(clock);
  const { log } = createLinesLog('info');
  const begun: string[] = [];
  const ends: (() => void)[] = [];
  const stuck = jobKind({
    kind: 'stuck',
    schema: z.unknown(),
    async handle(_input, { id }) {
      begun.push(id);
      await new Promise<void>((resolve) => ends.push(resolve));
      return undefined;
    },
  });
  const put = (id: string, customerId: string) =>
    enqueueJob({ stores: { jobs }, clock }, { id, kind: 'stuck', input: {}, customerId });
  for (let n = 0; n < 500; n++) await put(`hostile-${n}`, 'hostile');
  const runner = createJobRunner({ stores: { jobs }, clock, log, kinds: [stuck] });
  const ticks = [runner.tick(), runner.tick(), runner.tick()];
  await jest.advanceTimersByTimeAsync(0);
  expect(begun).toHaveLength(6);
  await put('other', 'quiet');
  ticks.push(runner.tick());
  await jest.advanceTimersByTimeAsync(0);
  expect(begun.at(-1)).toBe('other');
  for (const end of ends) end();
  await Promise.all(ticks);
});
