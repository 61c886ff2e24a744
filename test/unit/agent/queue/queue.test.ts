import { readdirSync, readFileSync, statSync, truncateSync } from 'node:fs';
import path from 'node:path';
import { numbered, numbersOf } from '../../../helpers/agent/queueEvents';
import { folder, open, range, segments, useQueue } from '../../../helpers/agent/useQueue';
import { createLinesLog } from '../../../helpers/process/linesLog';

describe('the event queue', () => {
  useQueue();

  test('keeps its events in order over a restart, and forgets acknowledged ones', async () => {
    const before = await open();
    await before.append([numbered(1), numbered(2), numbered(3)]);
    await before.append([numbered(4)]);
    await before.acknowledge(2);
    expect(before.waiting()).toEqual({ events: 2, oldestAt: numbered(1).seenAt });
    await before.close();
    const after = await open();
    expect(after.stream).toBe(before.stream);
    expect(after.first(10).map(({ seq }) => seq)).toEqual([3, 4]);
    expect(numbersOf(after.first(1))).toEqual([3]);
    await after.acknowledge(4);
    await after.acknowledge(4);
    expect(after.waiting()).toEqual({ events: 0 });
    await after.append([numbered(5)]);
    expect(after.first(10)).toEqual([expect.objectContaining({ seq: 5, resets: 5, id: expect.any(String) })]);
    await after.close();
  });

  test('an event always has the same id', async () => {
    const before = await open();
    await before.append([numbered(1)]);
    const [told] = before.first(1);
    await before.close();
    const after = await open();
    expect(after.first(1)).toEqual([told]);
    await after.close();
  });

  test('an event with an id of its own keeps it', async () => {
    const queue = await open();
    const id = '00000000-0000-4000-8000-000000000001';
    await queue.append([{ ...numbered(1), id }]);
    expect(queue.first(1)).toMatchObject([{ id }]);
    await queue.close();
  });

  test('appends at the same moment do not mix', async () => {
    const queue = await open();
    await Promise.all(range(1, 40).map((n) => queue.append([numbered(2 * n - 1), numbered(2 * n)])));
    expect(numbersOf(queue.first(100))).toEqual(range(1, 80));
    await queue.close();
  });

  test('wakes a caller that waits, and releases one whose signal is aborted', async () => {
    const queue = await open();
    const woken = queue.whenWaiting(new AbortController().signal);
    const stopped = new AbortController();
    const released = queue.whenWaiting(stopped.signal);
    stopped.abort();
    await expect(released).rejects.toThrow('aborted');
    await queue.append([numbered(1)]);
    await woken;
    await queue.whenWaiting(new AbortController().signal);
    await queue.close();
  });

  test('nobody can read the disk without the key', async () => {
    const queue = await open();
    await queue.append([{ ...numbered(1), finding: 'quite-readable' } as never]);
    await queue.close();
    for (const name of readdirSync(folder)) {
      expect(readFileSync(path.join(folder, name), 'latin1')).not.toContain('quite-readable');
      expect(statSync(path.join(folder, name)).mode & 0o777).toBe(0o600);
    }
  });

  test('when it is full, it drops the oldest and first tells how many, in another stream', async () => {
    const queue = await open({ most: { events: 100, bytes: 1_000_000 } });
    const { stream } = queue;
    for (const n of range(1, 105)) await queue.append([numbered(n)]);
    const events = queue.first(200);
    expect(queue.stream).not.toBe(stream);
    expect(events[0]).toEqual({ type: 'dropped', id: expect.any(String), seenAt: 5_000, seq: 1, count: 11 });
    expect(numbersOf(events.slice(1))).toEqual(range(12, 105));
    expect(events.map(({ seq }) => seq)).toEqual(range(1, 95));
    await queue.close();
    const again = await open();
    expect(again.first(200)).toEqual(events);
    await again.acknowledge(3);
    expect(numbersOf(again.first(1))).toEqual([14]);
    expect(again.first(1)[0]?.seq).toBe(4);
    await again.close();
  });

  test('it is also full by bytes, and adds a second loss to the first', async () => {
    const queue = await open({ most: { events: 1_000_000, bytes: 20_000 } });
    for (const n of range(1, 200)) await queue.append([numbered(n)]);
    const [dropped, ...kept] = queue.first(1000);
    expect(dropped).toMatchObject({ type: 'dropped', count: 200 - kept.length });
    expect(kept.length).toBeGreaterThan(10);
    await queue.close();
  });

  test('an acknowledgement of an earlier count forgets nothing', async () => {
    const queue = await open({ most: { events: 10, bytes: 1_000_000 } });
    await queue.append(range(1, 10).map(numbered));
    const appending = queue.append([numbered(11)]);
    const late = queue.acknowledge(10);
    await Promise.all([appending, late]);
    expect(queue.first(20)).toHaveLength(2);
    await queue.close();
  });

  test('begins a new stream when the bot does not know the old one', async () => {
    const queue = await open();
    await queue.append(range(1, 5).map(numbered));
    await queue.acknowledge(3);
    const { stream } = queue;
    await queue.beginStream();
    expect(queue.stream).not.toBe(stream);
    expect(queue.first(9).map(({ seq }) => seq)).toEqual([1, 2]);
    expect(numbersOf(queue.first(9))).toEqual([4, 5]);
    await queue.close();
  });

  test('it removes files whose events are all acknowledged', async () => {
    const queue = await open();
    for (const n of range(1, 20)) await queue.append(range(1, 200).map((k) => numbered(n * 1000 + k)));
    const count = segments().length;
    expect(count).toBeGreaterThan(1);
    await queue.acknowledge(4000);
    expect(segments()).toHaveLength(1);
    await queue.append([numbered(1)]);
    expect(queue.first(5)).toEqual([expect.objectContaining({ seq: 4001, resets: 1 })]);
    await queue.close();
  });

  test('a tail that a crash cut off is no loss, because no append resolved', async () => {
    const queue = await open();
    await queue.append([numbered(1)]);
    const whole = statSync(path.join(folder, segments()[0] ?? '')).size;
    await queue.append([numbered(2)]);
    await queue.close();
    for (const size of [whole + 30, whole + 10, whole + 1]) {
      truncateSync(path.join(folder, segments()[0] ?? ''), size);
      const again = await open();
      expect(numbersOf(again.first(9))).toEqual([1]);
      await again.close();
    }
    const again = await open();
    await again.append([numbered(3)]);
    await again.close();
    const last = await open();
    expect(last.first(9).map(({ seq }) => seq)).toEqual([1, 2]);
    expect(numbersOf(last.first(9))).toEqual([1, 3]);
    await last.close();
  });

  test('an event that the schema refuses blocks no other, and counts as dropped', async () => {
    const { log, text } = createLinesLog();
    const queue = await open({ log });
    await queue.append([{ ...numbered(1), outcome: 'another' } as never, numbered(2)]);
    expect(queue.first(9)).toEqual([
      expect.objectContaining({ type: 'dropped', count: 1, seq: 1 }),
      expect.objectContaining({ resets: 2, seq: 2 }),
    ]);
    expect(text()).toContain('"fields":"outcome"');
    await queue.close();
  });
});
