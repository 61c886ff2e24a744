import { mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { type Figure, result } from './measure/result';
import { median } from './measure/statistics';
import { memoryOf } from './stage/processes';
import { startProduct } from './stage/product';

const STARTS = 7;
const IDLE_MS = 3_000;

/** The time from spawning to ready, on an empty data folder each time, and the memory of the idle process. */
export async function measureStartUp(folder: string): Promise<Figure[]> {
  const durations: number[] = [];
  let idle = Number.NaN;
  for (let start = 0; start < STARTS; start++) {
    const data = mkdtempSync(join(folder, 'start-'));
    const product = await startProduct({ kind: 'sqlite', folder: data });
    durations.push(product.readyAfterMs);
    if (start === STARTS - 1) await delay(IDLE_MS);
    idle = memoryOf(product);
    await product.stop();
    rmSync(data, { recursive: true, force: true });
  }
  return [
    result('start to ready', median(durations) / 1000, 's', { atMost: 1.5 }),
    result('idle memory', idle, 'MB'),
  ];
}
