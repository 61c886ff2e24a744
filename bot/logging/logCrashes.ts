import type { Log } from '../../domain/ports';

type Crashing = Pick<NodeJS.EventEmitter, 'on'> & { exit(code: number): void };

/**
 * Ends the process on an error that nobody caught, since nothing is known of its state any more. Said through the log:
 * Node's own words would show everything that libraries hang onto their errors, headers with tokens included.
 */
export function logCrashes(process: Crashing, log: Log): void {
  for (const event of ['uncaughtException', 'unhandledRejection'])
    process.on(event, (error: unknown) => {
      log.error({ err: error, event }, 'nobody caught an error; the process ends');
      process.exit(1);
    });
}
