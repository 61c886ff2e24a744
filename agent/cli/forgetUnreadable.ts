import { ZodError } from 'zod';
import { openIdentity } from '../identity';
import { SecretUnreadable } from '../ports';
import { pathsOf } from '../settings';
import type { CliDeps } from './cliDeps';

const NAMES = ['identityKey', 'queueKey', 'directoryPassword'] as const;

/**
 * Forgets a secret that this machine can no longer open, as after a move to other hardware. The agent then
 * makes or asks for a new one, and has to enrol again. Throws PlatformFault when it cannot find out whether
 * the secret opens.
 */
export async function forgetUnreadable(config: string, { platform, print }: CliDeps): Promise<void> {
  const secrets = platform.secretsIn(pathsOf(config).folder);
  for (const name of NAMES) {
    try {
      const kept = await secrets.read(name);
      if (kept && name === 'identityKey') await openIdentity(secrets);
    } catch (error) {
      const spoilt =
        error instanceof SecretUnreadable || error instanceof SyntaxError || error instanceof ZodError;
      if (!spoilt) throw error;
      await secrets.remove(name);
      print(`The stored ${name} could not be opened and was deleted.`);
    }
  }
}
