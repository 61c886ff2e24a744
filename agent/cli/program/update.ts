import { createHash, type KeyObject, verify } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { readSettings } from '../../settings';
import type { CliDeps } from '../cliDeps';
import { CliFault, EXIT } from '../cliFault';
import type { Options } from '../parseCommand';
import { builtInReleaseKey, releaseKeyOf } from '../releaseKey';
import { requireAdministrator } from './install';
import { type PreparedProgram, prepareProgram, rollBack } from './prepareProgram';
import { refuseOlder } from './refuseOlder';
import { staysUp } from './staysUp';

/**
 * Replaces the program with FILE when FILE's SHA-256 is HASH and FILE.sig is the release key's signature of
 * it (Ed25519, base64). It writes exactly the bytes that it checked, even if FILE changes meanwhile. It
 * takes an older program only when the administrator says so. A program that does not stay up is replaced
 * by the earlier one.
 */
export async function update(config: string, options: Options, deps: CliDeps): Promise<void> {
  const { file, sha256, 'allow-older': allowOlder } = options;
  if (!file || !sha256) throw new CliFault(EXIT.usage, 'update needs --file and --sha256.');
  await requireAdministrator(deps);
  const { key, signer } = await trustedKey(config);
  const bytes = await readFile(file);
  if (createHash('sha256').update(bytes).digest('hex') !== sha256.toLowerCase())
    throw refused('The SHA-256 of the file is not the one that was given. Download it again.');
  const signature = Buffer.from(await readFile(`${file}.sig`, 'latin1'), 'base64');
  if (!verify(null, bytes, key, signature)) throw refused(`The file is not signed by ${signer}.`);
  const prepared = await prepareProgram(bytes, deps);
  try {
    if (!allowOlder) await refuseOlder(file, prepared, deps);
    await replace(prepared, deps);
  } finally {
    await prepared.discard();
  }
}

/**
 * The key that the build put into the program. The key in the settings counts only when the build put none
 * in: otherwise one line in the settings could make any program run as the agent.
 */
async function trustedKey(config: string): Promise<{ key: KeyObject; signer: string }> {
  const builtIn = builtInReleaseKey();
  const { releaseKey } = await readSettings(config);
  if (builtIn) {
    const unheeded =
      releaseKey && releaseKey !== builtIn ? '; "releaseKey" in the settings does not count' : '';
    const signer = `the release key that this program was built with${unheeded}`;
    return { key: releaseKeyOf(builtIn), signer };
  }
  if (!releaseKey) throw refused('This program has no release key. Set "releaseKey" in the settings.');
  return { key: releaseKeyOf(releaseKey), signer: 'the release key of the settings' };
}

const refused = (sentence: string) => new CliFault(EXIT.untrusted, `${sentence} Nothing was changed.`);

async function replace(prepared: PreparedProgram, deps: CliDeps): Promise<void> {
  const { startUpTask } = deps.platform;
  const before = await startUpTask.state();
  try {
    if (before !== 'absent') await startUpTask.stop();
    await prepared.swapIn();
    if (before === 'absent') return deps.print('The program was updated. There is no start-up task.');
    await startUpTask.start();
  } catch (error) {
    if (before === 'running' && (await startUpTask.state()) !== 'running') await startUpTask.start();
    throw error;
  }
  if (await staysUp(deps)) return deps.print('The agent was updated and runs.');
  await startUpTask.stop();
  await rollBack(deps);
  await startUpTask.start();
  throw new CliFault(EXIT.rolledBack, 'The new program stopped, so the earlier one runs again.');
}
