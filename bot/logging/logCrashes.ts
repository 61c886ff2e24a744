import type { Log } from '../../domain/ports';

type Crashing = Pick<NodeJS.EventEmitter, 'on'> & { exit(code: number): void };

/**
 * Ends the process on an uncaught error, since its state is unknown. Reports it through the log: Node's own
 * output would show everything that libraries attach to errors, headers with tokens included.
 */
export function logCrashes(process: Crashing, log: Log): void {
  for (const event of ['uncaughtException', 'unhandledRejection'])
    process.on(event, (error: unknown) => {
      log.error({ err: error, event }, 'nobody caught an error; the process ends');
      process.exit(1);
    });
}
