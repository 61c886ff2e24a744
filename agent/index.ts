import { isSea } from 'node:sea';
import type { CliDeps, Program } from './cli/cliDeps';
import { runCommand } from './cli/runCommand';
import { createLdapDirectory } from './directory/ldapDirectory';
import { staySmall } from './footprint';
import { createLinuxPlatform } from './linux/createLinuxPlatform';
import type { Platform } from './ports';
import { systemTiming } from './timing';
import { createWindowsPlatform, systemPowershell } from './windows/createWindowsPlatform';
import { systemFolder } from './windows/systemFolder';

/** main: the command line, the secrets of the environment, and a clean stop. */
async function main(): Promise<void> {
  const { KEYTURN_INSTALL_TOKEN: installToken, KEYTURN_DIRECTORY_PASSWORD: directoryPassword } = process.env;
  // No program that the agent starts needs it.
  delete process.env.KEYTURN_INSTALL_TOKEN;
  delete process.env.KEYTURN_DIRECTORY_PASSWORD;
  // With this variable Node would trust any certificate.
  delete process.env.NODE_TLS_REJECT_UNAUTHORIZED;
  const stop = new AbortController();
  for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGBREAK'] as const)
    process.once(signal, () => stop.abort());
  const deps: CliDeps = {
    platform: process.platform === 'win32' ? windowsPlatform() : createLinuxPlatform(),
    program: runningProgram(),
    installToken,
    directoryPassword,
    readInput,
    print: (line) => void process.stdout.write(`${line}\n`),
    timing: systemTiming,
    openDirectory: createLdapDirectory,
    signal: stop.signal,
  };
  const exitCode = await runCommand(process.argv.slice(2), deps, (sentence) =>
    process.stderr.write(`${sentence}\n`),
  );
  process.exit(exitCode);
}

function windowsPlatform(): Platform {
  const system = systemFolder();
  return createWindowsPlatform(system, systemPowershell(process.env, system));
}

/** One executable, or a script with the runtime that runs it. */
function runningProgram(): Program {
  if (isSea()) return { file: process.execPath, commandOf: (copy) => ({ file: copy, args: [] }) };
  const [runtime = process.execPath, script = ''] = process.argv;
  return { file: script, commandOf: (copy) => ({ file: runtime, args: [copy] }) };
}

const INPUT_MS = 5_000;

/** Reads what a script pipes in. It does not wait for a pipe that stays open and brings nothing. */
async function readInput(): Promise<string> {
  const { stdin } = process;
  if (stdin.isTTY) return '';
  const timer = setTimeout(() => stdin.push(null), INPUT_MS);
  const chunks: Buffer[] = [];
  for await (const chunk of stdin) chunks.push(chunk);
  clearTimeout(timer);
  return Buffer.concat(chunks).toString('utf8');
}

staySmall();
void main();
