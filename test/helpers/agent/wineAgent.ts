import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import {
  closeSync,
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Part } from '../process/parts';

const root = resolve(__dirname, '../../..');
const WINE = '/usr/lib/wine/wine64';
const WINESERVER = '/usr/lib/wine/wineserver64';
const AGENT = join(root, 'build/agent/keyturn-agent.exe');
const POWERSHELL = join(root, 'build/runtime/powershell.exe');
const STAND_IN = join(root, 'test/helpers/agent/powershell/powershellOnWindows.cjs');
const POWERSHELL_FOLDER = 'drive_c/windows/system32/WindowsPowerShell/v1.0';

/** Builds what is missing or older than its sources. In CI it throws when it cannot. */
export function prepareWine(): Part {
  try {
    if (!existsSync(WINE))
      return { missing: 'Wine - to get it: apt-get install --no-install-recommends wine wine64' };
    const build = (...args: string[]) => execFileSync(process.execPath, args, { cwd: root, stdio: 'pipe' });
    if (isStale(AGENT, ['agent', 'domain/agentProtocol', 'scripts'])) build('scripts/agentBuild.mjs');
    if (isStale(POWERSHELL, ['test/helpers/agent/powershell/powershellOnWindows.cjs']))
      build('--input-type=module', '--eval', makePowershell());
    return {};
  } catch (error) {
    if (process.env.CI === 'true') throw error;
    return { missing: 'the agent’s executable - to get it: npm run agent:build' };
  }
}

const makePowershell = () =>
  `import { makeExecutable } from './scripts/singleExecutable.mjs'; await makeExecutable(${JSON.stringify(STAND_IN)}, ${JSON.stringify(POWERSHELL)});`;

const isStale = (made: string, sources: string[]) =>
  !existsSync(made) || sources.some((source) => newestIn(join(root, source)) > statSync(made).mtimeMs);

function newestIn(path: string): number {
  if (!statSync(path).isDirectory()) return statSync(path).mtimeMs;
  return Math.max(...readdirSync(path).map((name) => newestIn(join(path, name))));
}

/** The path of a file of this machine, as Windows programs under Wine see it. */
export const windowsPath = (path: string) => `Z:${path.replaceAll('/', '\\')}`;

export interface WineAgent {
  /** An empty folder on this machine. */
  folder: string;
  start(
    args: string[],
    env?: Record<string, string>,
  ): { child: ChildProcess; ended: Promise<{ code: number | null; said: string }> };
  close(): void;
}

/** The agent's executable in its own Windows. */
export function openWine(): WineAgent {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-wine-'));
  const prefix = join(folder, 'prefix');
  const wine = {
    PATH: process.env.PATH,
    HOME: folder,
    WINEDEBUG: '-all',
    WINEPREFIX: prefix,
  };
  execFileSync(WINE, ['wineboot', '--init'], { env: wine, stdio: 'ignore' });
  // Node needs a newer Windows than Wine claims to be. No variable can tell Wine otherwise, because the
  // stand-in for PowerShell gets none.
  const version = ['HKCU\\Software\\Wine', '/v', 'Version', '/d', 'win10', '/f'];
  execFileSync(WINE, ['reg', 'add', ...version], { env: wine, stdio: 'ignore' });
  mkdirSync(join(prefix, POWERSHELL_FOLDER), { recursive: true });
  copyFileSync(POWERSHELL, join(prefix, POWERSHELL_FOLDER, 'powershell.exe'));
  let runs = 0;
  return {
    folder,
    start(args, env = {}) {
      runs += 1;
      // Node on Windows cannot write to a pipe of Unix, but it can write to a file.
      const output = join(folder, `output${runs}`);
      const handle = openSync(output, 'w');
      const child = spawn(WINE, [AGENT, ...args], {
        env: { ...wine, ...env },
        stdio: ['ignore', handle, handle],
      });
      closeSync(handle);
      const ended = new Promise<{ code: number | null; said: string }>((done) =>
        child.once('close', (code) => done({ code, said: readFileSync(output, 'utf8') })),
      );
      return { child, ended };
    },
    close() {
      execFileSync(WINESERVER, ['--kill', '--wait'], { env: wine, stdio: 'ignore' });
      rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
