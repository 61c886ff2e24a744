import { MemoryDirectory } from '../../../sandbox/directory/memoryDirectory';
import { Watcher } from './watchWorld';

export const SECOND = 1000;

/** The time, a directory with two users, and its watcher: new before each test. */
export let at = 0;
export let directory: MemoryDirectory;
export let watcher: Watcher;
export let ada: string;
export let bob: string;

export function useWatch(): void {
  beforeEach(() => {
    at = 1_800_000_000_000;
    directory = new MemoryDirectory(() => at);
    watcher = new Watcher(directory, () => at);
    ada = directory.add('ada');
    bob = directory.add('bob');
  });
  afterEach(() => watcher.close());
}

/** Moves the time on, as before every event. */
export const later = (ms = SECOND) => {
  at += ms;
};

export async function baseline() {
  await watcher.look();
  later();
  await watcher.look();
  later();
}
