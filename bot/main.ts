import { existsSync } from 'node:fs';
import { KeyturnError } from '../domain/errors';
import { createLog } from './logging/log';
import { logCrashes } from './logging/logCrashes';
import { redact } from './logging/redact';
import { ConfigFault } from './settings/config';
import { takeConfig } from './settings/takeConfig';
import { wire } from './wire';

/**
 * main: reads the settings (from the environment, then from a `.env` beside it), wires, listens, and stops
 * cleanly.
 */
async function main(): Promise<void> {
  if (existsSync('.env')) process.loadEnvFile();
  const config = takeConfig(process.env);
  const log = createLog({ level: config.logLevel });
  logCrashes(process, log);
  const keyturn = await wire(config, log);
  const { port } = await keyturn.listen();
  log.info({ host: config.host, port }, 'ready');
  const stop = (signal: NodeJS.Signals) => {
    log.info({ signal }, 'stopping');
    keyturn.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        log.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.once('SIGTERM', stop);
  process.once('SIGINT', stop);
}

main().catch((error: unknown) => {
  const known = error instanceof ConfigFault || error instanceof KeyturnError;
  process.stderr.write(
    `${known ? error.message : `Keyturn could not start: ${redact(error instanceof Error ? error.stack : String(error))}`}\n`,
  );
  process.exit(1);
});
