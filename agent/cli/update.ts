import { createHash, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { readSettings } from '../settings';
import type { CliDeps } from './cliDeps';
import { CliFault, EXIT } from './cliFault';
import { requireAdministrator } from './install';
import type { Options } from './parseCommand';
import { placeProgram, rollBack } from './placeProgram';
import { builtInReleaseKey, releaseKeyOf } from './releaseKey';

/** How long a new program has to stay up to be taken for good. */
const TRIAL_MS = 10_000;

/**
 * Replaces the program by FILE when its SHA-256 is HASH and FILE.sig is the release key's signature of it (Ed25519, base64). What was
 * checked is what is written, whatever becomes of FILE meanwhile. One that does not stay up gives way to the one before.
 */
export async function update(config: string, { file, sha256 }: Options, deps: CliDeps): Promise<void> {
  if (!file || !sha256) throw new CliFault(EXIT.usage, 'update needs --file and --sha256.');
  await requireAdministrator(deps);
  const { releaseKey = builtInReleaseKey() } = await readSettings(config);
  if (!releaseKey) throw refused('This program knows no release key: set "releaseKey" in the settings.');
  const bytes = await readFile(file);
  if (createHash('sha256').update(bytes).digest('hex') !== sha256.toLowerCase())
    throw refused('The file has another SHA-256 than was given. Download it again.');
  const signature = Buffer.from(await readFile(`${file}.sig`, 'latin1'), 'base64');
  if (!verify(null, bytes, releaseKeyOf(releaseKey), signature))
    throw refused('The file is not signed by the release key.');
  await replace(bytes, deps);
}

const refused = (sentence: string) => new CliFault(EXIT.untrusted, `${sentence} Nothing was changed.`);

async function replace(bytes: Buffer, deps: CliDeps): Promise<void> {
  const { startUpTask } = deps.platform;
  const before = await startUpTask.state();
  if (before === 'running') await startUpTask.stop();
  try {
    await placeProgram(bytes, deps);
    if (before === 'absent') return deps.print('The program was updated; there is no start-up task.');
    await startUpTask.start();
    await deps.timing.sleep(TRIAL_MS, deps.signal);
    if ((await startUpTask.state()) === 'running') return deps.print('The agent was updated and runs.');
  } catch (error) {
    if (before === 'running' && (await startUpTask.state()) !== 'running') await startUpTask.start();
    throw error;
  }
  await startUpTask.stop();
  await rollBack(deps);
  await startUpTask.start();
  throw new CliFault(EXIT.rolledBack, 'The new program did not stay up; the one before runs again.');
}
