import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { BenchFault } from '../benchFault';

/** A server in a process of its own. */
export interface Started {
  url: string;
  pid: number;
  stop(): Promise<void>;
}

/** Whether servers and load can each run on cores of their own. */
const pinning = availableParallelism() > 1 && spawnSync('taskset', ['-c', '0', 'true']).status === 0;

/** From now on this process and its children leave the first core to the servers under test. */
export function leaveFirstCore(): void {
  if (pinning) spawnSync('taskset', ['-acp', `1-${availableParallelism() - 1}`, String(process.pid)]);
}

/** Starts a file of `servers/`, which reports its port over the channel between the processes. */
export async function startServer(
  name: string,
  { firstCore, args = [] }: { firstCore: boolean; args?: readonly string[] },
): Promise<Started> {
  const file = join(__dirname, '..', 'servers', `${name}.js`);
  const child = spawnNode([file, ...args], {}, { firstCore, channel: true });
  const [port] = await Promise.race([once(child, 'message'), endOf(child, name)]);
  return started(child, `http://127.0.0.1:${port}`);
}

/** Starts Node on the first core alone, or on any core. */
export function spawnNode(
  args: readonly string[],
  env: Record<string, string>,
  {
    firstCore,
    channel = false,
    program: node = process.execPath,
  }: { firstCore: boolean; channel?: boolean; program?: string },
): ChildProcess {
  const { PATH, HOME } = process.env;
  const [program = '', ...all] = [...(firstCore && pinning ? ['taskset', '-c', '0'] : []), node, ...args];
  return spawn(program, all, {
    env: { PATH, HOME, ...env },
    stdio: ['ignore', 'ignore', 'inherit', ...(channel ? (['ipc'] as const) : [])],
  });
}

/** Never resolves; throws BenchFault when the process ends. */
export async function endOf(child: ChildProcess, name: string): Promise<never> {
  const [code, signal] = await once(child, 'exit');
  throw new BenchFault(`${name} ended (${signal ?? `exit code ${code}`})`);
}

export function started(child: ChildProcess, url: string): Started {
  return {
    url,
    pid: child.pid ?? 0,
    async stop() {
      if (child.exitCode !== null || child.signalCode !== null) return;
      const end = once(child, 'exit');
      child.kill('SIGTERM');
      const impatience = setTimeout(() => child.kill('SIGKILL'), 10_000);
      await end;
      clearTimeout(impatience);
    },
  };
}

/** Resident memory in MB; NaN on systems without /proc. */
export const memoryOf = (of: Started): number => megabytesOf(of, 'VmRSS');

/**
 * The part of the memory that belongs to the process alone. It leaves out the pages of files, such as the
 * program, which the system can take back and load again.
 */
export const ownMemoryOf = (of: Started): number => megabytesOf(of, 'RssAnon');

/** The peak of the resident memory in MB. */
export const mostMemoryOf = (of: Started): number => megabytesOf(of, 'VmHWM');

function megabytesOf({ pid }: Started, what: 'VmRSS' | 'VmHWM' | 'RssAnon'): number {
  try {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return Number(new RegExp(`${what}:\\s+(\\d+)`).exec(status)?.[1]) / 1024;
  } catch {
    return Number.NaN;
  }
}

/** Processor time used so far, in milliseconds; NaN on systems without /proc. */
export function processorTimeOf({ pid }: Started): number {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /, '')
      .split(' ');
    return (Number(fields[11]) + Number(fields[12])) * 10;
  } catch {
    return Number.NaN;
  }
}
