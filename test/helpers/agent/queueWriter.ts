import { writeSync } from 'node:fs';
import { openQueue } from '../../../agent/queue/openQueue';
import { silent } from '../store/storageWorlds';
import { numbered, QUEUE_KEY } from './queueEvents';

const [, , folder = '', from = '1'] = process.argv;

/** Writes to stdout, in one system call, what was asked of the queue and what the queue promised. */
const tell = (fact: object) => writeSync(1, `${JSON.stringify(fact)}\n`);

/** Appends batches of one to nine events and acknowledges some, without end: the test kills this process. */
async function main(): Promise<void> {
  const queue = await openQueue({ folder, key: QUEUE_KEY, log: silent, now: Date.now });
  tell({ opened: queue.waiting().events });
  for (let n = Number(from), round = 0; ; round++) {
    const batch = Array.from({ length: 1 + (round % 9) }, (_, index) => numbered(n + index));
    n += batch.length;
    await queue.append(batch);
    tell({ appended: n - 1 });
    if (round % 4 !== 3) continue;
    const first = queue.first(11).at(-1)?.seq ?? 0;
    tell({ acknowledging: first });
    await queue.acknowledge(first);
    tell({ acknowledged: first });
  }
}

void main();
