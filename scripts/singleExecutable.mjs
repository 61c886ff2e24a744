/** Makes one Windows executable of one CommonJS file: the Node runtime with the file inside. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { inject } from 'postject';
import { fetchRuntimes } from './agentRuntime.mjs';
import { unsigned } from './unsigned.mjs';

/** What Node looks for in itself to know that it carries a program. */
const FUSE = 'NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2';

/** Postject warns of what it finds odd in the runtime, and has nothing to say that anybody could act on. */
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
 * The executable does what its command line says, and nothing that a variable says: NODE_OPTIONS and
 * OPENSSL_CONF would load anybody's code into a program that an administrator starts elevated.
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
