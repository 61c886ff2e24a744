import { ZodError } from 'zod';
import { openIdentity } from '../identity';
import { SecretUnreadable } from '../ports';
import { pathsOf } from '../settings';
import type { CliDeps } from './cliDeps';

const NAMES = ['identityKey', 'queueKey', 'directoryPassword'] as const;

/**
 * A secret that this machine cannot open any more, as after a move to other hardware, is of no use to anybody: it is forgotten, so that a new one is made
 * or asked for. The agent has to enrol again then. Throws PlatformFault when nobody knows whether it can be opened.
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
      print(`What was kept here as ${name} could not be opened and is forgotten.`);
    }
  }
}
