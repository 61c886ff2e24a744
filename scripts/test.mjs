/**
 * `npm test`: builds (some tests start the built process), runs jest with a test authority that its processes
 * trust, and ends with `N passed, N failed` from jest's JSON. Further arguments go to jest. With CI=true a
 * skipped or unfinished test is a failure, because every part that a test needs is installed there.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const require = createRequire(import.meta.url);
const strict = process.env.CI === 'true';
const folder = mkdtempSync(join(tmpdir(), 'keyturn-test-'));
process.on('exit', () => rmSync(folder, { recursive: true, force: true }));

/**
 * Returns the exit code of a Node program. It receives the signals that end this process, so that nothing
 * keeps running.
 */
function run(program, args, env = {}) {
  const child = spawn(process.execPath, [require.resolve(program), ...args], {
    stdio: 'inherit',
    env: { ...process.env, ...env },
  });
  const stop = (signal) => child.kill(signal);
  process.on('SIGINT', stop).on('SIGTERM', stop);
  return new Promise((done) => {
    child.on('close', (code) => {
      process.off('SIGINT', stop).off('SIGTERM', stop);
      done(code ?? 1);
    });
  });
}

/**
 * An authority that only this run trusts, and its certificate for 127.0.0.1: ca.pem, key.pem and cert.pem.
 */
async function makeAuthority(tls) {
  const { makeCertificate } = require('../dist/sandbox/certificate.js');
  const { caFile, key, cert } = await makeCertificate(tls);
  writeFileSync(join(tls, 'ca.pem'), readFileSync(caFile));
  writeFileSync(join(tls, 'key.pem'), key, { mode: 0o600 });
  writeFileSync(join(tls, 'cert.pem'), cert);
}

/** The tests that did not run, as `file: name`. */
function unproved(results) {
  return results.testResults.flatMap((file) =>
    file.assertionResults
      .filter((test) => ['pending', 'todo', 'skipped', 'disabled'].includes(test.status))
      .map((test) => `${file.name}: ${test.fullName}`),
  );
}

function summarize(results) {
  const skipped = unproved(results);
  if (strict && skipped.length > 0) console.log(`Not run:\n  ${skipped.join('\n  ')}`);
  const failed = results.numFailedTests + results.numRuntimeErrorTestSuites;
  const end = skipped.length > 0 ? `, ${skipped.length} skipped` : '';
  console.log(`${results.numPassedTests} passed, ${failed} failed${end}`);
  return failed > 0 || (strict && skipped.length > 0) ? 1 : 0;
}

async function test(args) {
  const built =
    (await run('typescript/bin/tsc', ['-p', 'tsconfig.build.json'])) || (await run('./bundle.mjs', []));
  if (built !== 0) return built;
  const tls = join(folder, 'tls');
  await makeAuthority(tls);
  const report = join(folder, 'results.json');
  const code = await run('jest/bin/jest', ['--json', `--outputFile=${report}`, ...args], {
    NODE_EXTRA_CA_CERTS: join(tls, 'ca.pem'),
    KEYTURN_TEST_TLS_DIR: tls,
  });
  if (!existsSync(report)) return code || 1;
  return summarize(JSON.parse(readFileSync(report, 'utf8'))) || code;
}

process.exitCode = await test(process.argv.slice(2));
