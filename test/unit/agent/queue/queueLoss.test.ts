import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import type { EventQueue } from '../../../../agent/ports';
import { numbered, numbersOf } from '../../../helpers/agent/queueEvents';
import { folder, open, range, segments, useQueue } from '../../../helpers/agent/useQueue';
import { createLinesLog } from '../../../helpers/process/linesLog';

/** The events that wait first, once the queue has noticed its loss. */
async function lossTold(queue: EventQueue) {
  for (;;) {
    const events = queue.first(2);
    if (events.length > 1 && events[0]?.type === 'dropped') return events;
    await new Promise((resolve) => setImmediate(resolve));
  }
}

describe('events that the queue has lost', () => {
  useQueue();

  test('a loss that grows before its acknowledgement becomes another event, so the bot hears of all of it', async () => {
    const queue = await open({ most: { events: 10, bytes: 1_000_000 } });
    await queue.append(range(1, 11).map(numbered));
    await queue.append(range(12, 21).map(numbered));
    const [before] = queue.first(1);
    await queue.append(range(22, 31).map(numbered));
    const [after] = queue.first(1);
    expect([before?.type, after?.type]).toEqual(['dropped', 'dropped']);
    expect(after?.id).not.toBe(before?.id);
    await queue.close();
  });

  test('a broken frame in the middle counts as a loss', async () => {
    const queue = await open();
    for (const n of range(1, 4)) await queue.append([numbered(n)]);
    await queue.close();
    const file = path.join(folder, segments()[0] ?? '');
    const bytes = readFileSync(file);
    bytes.writeUInt8(bytes.readUInt8(bytes.readUInt32BE(0) + 50) ^ 1, bytes.readUInt32BE(0) + 50);
    writeFileSync(file, bytes);
    const { log, text } = createLinesLog();
    const again = await open({ log });
    expect(numbersOf(again.first(9))).toEqual([undefined, 1, 3, 4]);
    expect(again.first(1)).toEqual([expect.objectContaining({ type: 'dropped', count: 1, seq: 1 })]);
    expect(again.stream).not.toBe(queue.stream);
    expect(text()).toContain('"lost":1');
    await again.close();
  });

  test('a file that vanishes while the agent runs counts as a loss, and later events still come', async () => {
    const { log, text } = createLinesLog();
    const queue = await open({ log });
    for (const n of range(1, 12)) await queue.append(range(1, 500).map((k) => numbered(n * 1000 + k)));
    const [first = '', ...others] = segments();
    expect(others.length).toBeGreaterThan(0);
    rmSync(path.join(folder, first));
    const [dropped, next] = await lossTold(queue);
    expect(dropped).toMatchObject({ type: 'dropped', count: expect.any(Number) });
    expect(next).toMatchObject({ type: 'deltaSync' });
    expect(text()).toContain('a file of the queue cannot be read');
    await queue.acknowledge(1);
    expect(queue.waiting().events).toBe(6000 - Number(dropped && 'count' in dropped && dropped.count));
    await queue.close();
  });

  test('with another key the queue loses everything, says so, and goes on', async () => {
    const queue = await open();
    for (const n of range(1, 4)) await queue.append([numbered(n)]);
    await queue.close();
    const again = await open({ key: Buffer.alloc(32, 8) });
    await again.append([numbered(5)]);
    expect(numbersOf(again.first(9))).toEqual([undefined, 5]);
    await again.close();
  });
});
