import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';

/**
 * To be called first of all; V8 reads these while it runs, which is not so of every flag. The part of the heap where things begin stays as small
 * as it is at the start: it would grow to tens of megabytes while a large directory is read, and an agent that waits most of the time never needs
 * them again. And nothing is compiled to be faster: the agent waits for others almost always, and V8's compilers and what they make take six
 * megabytes.
 */
export function staySmall(): void {
  for (const flag of ['--semi-space-growth-factor=1', '--no-opt', '--no-maglev', '--no-sparkplug'])
    setFlagsFromString(flag);
}

/**
 * Gives back what reading a large directory left behind: a process that has little to do collects it minutes
 * later, or never. From Node 22 on an ordinary collection keeps the pages that it emptied for a while; the
 * last resort gives them back to the system. An older Node does not know the word and does no more.
 */
export function giveMemoryBack(): void {
  setFlagsFromString('--expose-gc');
  const collect: unknown = runInNewContext('gc');
  if (typeof collect !== 'function') return;
  collect();
  collect({ type: 'major', execution: 'sync', flavor: 'last-resort' });
}
