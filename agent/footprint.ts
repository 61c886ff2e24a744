import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * Call this before everything else: V8 reads these flags while it runs, which is not true of every flag.
 * The part of the heap where objects begin keeps its size of the start. Otherwise it grows to tens of
 * megabytes while the agent reads a large directory, and an agent that mostly waits never needs them again.
 * V8 also compiles nothing for speed: its compilers and their output take six megabytes.
 */
export function staySmall(): void {
  for (const flag of ['--semi-space-growth-factor=1', '--no-opt', '--no-maglev', '--no-sparkplug'])
    setFlagsFromString(flag);
}

/**
 * Gives back the memory that reading a large directory used. A process with little to do collects it only
 * minutes later, or never. From Node 22 on an ordinary collection keeps the emptied pages for a while; the
 * last resort gives them back to the system. An older Node does not know that kind and only collects.
 */
export function giveMemoryBack(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') return;
  collect();
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
