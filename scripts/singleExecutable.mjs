/** Makes one Windows executable from one CommonJS file: the Node runtime with the file inside. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'postject';
import { fetchRuntimes } from './agentRuntime.mjs';
import { unsigned } from './unsigned.mjs';

/** Node looks for this in itself to find out whether it carries a program. */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/**
 * Postject warns about oddities in the runtime that nobody can do anything about, so its output is hidden.
 */
async function injectQuietly(executable, blob) {
  const { error, log, warn } = console;
  Object.assign(console, { log: () => undefined, warn: () => undefined, error: () => undefined });
  try {
    await inject(executable, 'NODE_SEA_BLOB', blob, { sentinelFuse: FUSE });
  } finally {
    Object.assign(console, { log, warn, error });
  }
}

/**
 * Only the command line controls the executable, never an environment variable: NODE_OPTIONS and OPENSSL_CONF
 * would load foreign code into a program that an administrator starts elevated.
 */
const CLOSED = { execArgvExtension: 'none', execArgv: ['--openssl-config=NUL'] };

export async function makeExecutable(main, executable) {
  const { windows, maker } = fetchRuntimes();
  const scratch = mkdtempSync(join(tmpdir(), 'keyturn-exe-'));
  try {
    const config = join(scratch, 'sea.json');
    const output = join(scratch, 'agent.blob');
    writeFileSync(config, JSON.stringify({ main, output, disableExperimentalSEAWarning: true, ...CLOSED }));
    execFileSync(maker, ['--experimental-sea-config', config], { stdio: 'ignore' });
    writeFileSync(executable, unsigned(readFileSync(windows)));
    await injectQuietly(executable, readFileSync(output));
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}
