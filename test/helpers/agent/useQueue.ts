import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { openQueue, type QueueOptions } from '../../../agent/queue/openQueue';
import { silent } from '../store/storageWorlds';
import { QUEUE_KEY } from './queueEvents';

export const range = (from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => from + index);

/** A new folder for a queue, before each test. */
export let folder = '';

export function useQueue(): void {
  beforeEach(() => {
    folder = mkdtempSync(path.join(tmpdir(), 'queue-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));
}

export const open = (options: Partial<QueueOptions> = {}) =>
  openQueue({ folder, key: QUEUE_KEY, log: silent, now: () => 5_000, ...options });

/** The names of the queue's files, in order. */
export const segments = () =>
  readdirSync(folder)
    .filter((name) => name.endsWith('.seg'))
    .sort();
