import { writeSync } from 'node:fs';
import { VersionConflict } from '../../../domain/errors';
import type { Stores } from '../../../domain/stores/stores';
import { openStorage } from '../../../storage/openStorage';
import { silent } from './storageWorlds';
import { NOW } from './storeSample';
import { samples } from './storeSamples';

const [, , task = '', folder = '', name = ''] = process.argv;

/** Prints what the store has acknowledged to stdout, in one system call. */
const acknowledge = (fact: object) => writeSync(1, `${JSON.stringify(fact)}\n`);

/** Inserts and replaces forever: the test kills this process. */
async function write(jobs: Stores['jobs']): Promise<void> {
  for (let n = 0; ; n++) {
    const first = await jobs.insert(`${name}-${n}`, samples.jobs.make(n));
    acknowledge({ id: first.id, version: 1, attempts: 0 });
    const second = await jobs.replace(first, { ...first.value, attempts: n });
    acknowledge({ id: second.id, version: 2, attempts: n });
  }
}

/** Increments one document 200 times, while other processes do the same. */
async function count(jobs: Stores['jobs']): Promise<void> {
  for (let done = 0; done < 200; ) {
    const current = await jobs.get('counter');
    if (!current) throw new TypeError('there is no counter');
    try {
      await jobs.replace(current, { ...current.value, attempts: current.value.attempts + 1 });
      done++;
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
    }
  }
  acknowledge({ counted: 200 });
}

async function main(): Promise<void> {
  const storage = await openStorage({ kind: 'sqlite', folder }, { log: silent, clock: { now: () => NOW } });
  await (task === 'count' ? count : write)(storage.stores.jobs);
  await storage.close();
}

void main();
