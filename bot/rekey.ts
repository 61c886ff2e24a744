import { existsSync } from 'node:fs';
import { KeyturnError } from '../domain/errors';
import { rewrapKeys } from '../domain/integrations/storedKeys';
import { openStorage } from '../storage/openStorage';
import { createLog } from './logging/log';
import { ConfigFault } from './settings/config';
import { takeConfig } from './settings/takeConfig';
import { systemClock as clock } from './system';
import { createVault } from './vault';

/**
 * main: seals every stored API key with the first master key of the settings. Safe to interrupt and to
 * repeat.
 */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile();
  const config = takeConfig(process.env);
  const [first] = config.integrations.masterKeys;
  if (!first) throw new ConfigFault([{ name: 'MASTER_KEYS', problem: 'is missing' }]);
  const log = createLog({ level: config.logLevel });
  const storage = await openStorage(config.storage, { log, clock });
  try {
    const vault = createVault(config.integrations.masterKeys);
    const { rewrapped, current } = await rewrapKeys(storage.stores, vault);
    process.stdout.write(
      `${rewrapped} of ${rewrapped + current} stored API keys re-wrapped with “${first.kid}”; ${current} had it already.\n`,
    );
  } finally {
    await storage.close();
  }
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigFault || error instanceof KeyturnError;
  process.stderr.write(
    `${known ? error.message : `The keys could not be re-wrapped: ${error instanceof Error ? error.stack : error}`}\n`,
  );
  process.exit(1);
});
