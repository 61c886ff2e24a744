import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { loadOf, type MachineLoad, type Sample } from './machineLoad';
import { processorTimesOf, processTimesOf, workedBy } from './procStat';

const EVERY_MS = 1_000;

/** Does `work`, and measures how busy the machine was. `folder` is on the disk to be measured. */
export async function watched<T>(
  folder: string,
  work: () => Promise<T>,
): Promise<{ value: T; load?: MachineLoad }> {
  const samples: Sample[] = [];
  const fsyncs: number[] = [];
  const scratch = mkdtempSync(join(folder, 'fsync-'));
  const stop = new AbortController();
  const look = () => samples.push(...(sampled() ?? []));
  const watching = (async () => {
    const file = await open(join(scratch, 'file'), 'w');
    while (!stop.signal.aborted) {
      fsyncs.push(await fsyncOnce(file));
      await delay(EVERY_MS, undefined, { signal: stop.signal }).catch(() => undefined);
      look();
    }
    await file.close();
  })();
  try {
    look();
    const value = await work();
    stop.abort();
    await watching;
    return { value, load: loadOf(samples, fsyncs) };
  } finally {
    stop.abort();
    await watching;
    rmSync(scratch, { recursive: true, force: true });
  }
}

async function fsyncOnce(file: Awaited<ReturnType<typeof open>>): Promise<number> {
  const began = performance.now();
  await file.write('a few bytes, as many as a row has\n', 0);
  await file.sync();
  return performance.now() - began;
}

/** Undefined on a system without /proc. */
function sampled(): [Sample] | undefined {
  const times = processorTimesOf(textOf('/proc/stat'));
  if (!times) return undefined;
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const processes = pids.flatMap((pid) => processTimesOf(textOf(`/proc/${pid}/stat`)) ?? []);
  return [{ ...times, own: workedBy(process.pid, processes) }];
}

/** A process may end in the meantime. */
function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}
