import { spawn } from 'node:child_process';
import { closeSync, fstatSync, openSync } from 'node:fs';
import { join } from 'node:path';
import { DemoFault } from './demoFault';
import { lastWords } from './lastWords';
import { projectRoot } from './projectRoot';

export interface ChildOptions {
  /** The name for the terminal, e.g. `The bot`. */
  name: string;
  /** The arguments for this Node. */
  args: string[];
  cwd: string;
  /** The child's whole environment, apart from PATH and HOME. */
  env: Record<string, string>;
  /** Receives all output, appended; only this user can read it. */
  logFile: string;
}

export interface Child {
  readonly name: string;
  /**
   * Resolves when the process has ended: with a sentence when it ended by itself, with undefined when it was
   * asked to.
   */
  readonly ended: Promise<string | undefined>;
  /** Asks the process and its children to end; kills them after `patienceMs`. */
  stop(patienceMs?: number): Promise<void>;
}

/**
 * Starts a Node process in a process group of its own: Ctrl+C reaches the demo alone, which stops its parts
 * in order. Throws DemoFault when the system does not start it.
 */
export function startChild({ name, args, cwd, env, logFile }: ChildOptions): Child {
  const log = openSync(logFile, 'a', 0o600);
  const logBegins = fstatSync(log).size;
  const { PATH, HOME } = process.env;
  const child = spawn(
    process.execPath,
    ['--require', join(projectRoot(), 'sandbox/endWithStarter.cjs'), ...args],
    {
      cwd,
      env: { PATH, HOME, ...env },
      detached: true,
      stdio: ['ignore', log, log, 'ipc'],
    },
  );
  closeSync(log);
  const { pid } = child;
  if (pid === undefined) throw new DemoFault(`${name} could not be started.`);
  let asked = false;
  const ended = new Promise<string | undefined>((resolve) => {
    child.once('exit', (code, signal) =>
      resolve(
        asked
          ? undefined
          : `${name} ended (${signal ?? `exit code ${code}`}). ${lastWords(logFile, logBegins)}`,
      ),
    );
  });
  const end = (signal: NodeJS.Signals) => {
    asked = true;
    signalGroup(pid, signal);
  };
  return { name, ended, stop: (patienceMs = 10_000) => endWithin(end, ended, patienceMs) };
}

async function endWithin(
  end: (signal: NodeJS.Signals) => void,
  ended: Promise<unknown>,
  patienceMs: number,
): Promise<void> {
  end(patienceMs > 0 ? 'SIGTERM' : 'SIGKILL');
  const impatient = setTimeout(() => end('SIGKILL'), patienceMs);
  await ended;
  clearTimeout(impatient);
}

function signalGroup(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    const gone = (error as NodeJS.ErrnoException).code === 'ESRCH';
    if (!gone) throw error;
  }
}
