import { type DestinationStream, pino } from 'pino';
import type { Log } from '../domain/ports';
import { redact } from './redact';
import { requestContext } from './requestContext';

/** The process's log: one JSON line per entry, with the id of the request it is written in, secrets taken out. */
export type ProcessLog = Log;

/** Lines go out together, after 100 ms at the latest and when the process ends: a write for each would cost every turn. */
const GATHERED = { sync: false, minLength: 4096, periodicFlush: 100 };

/** Writes to `destination` (standard output when absent). Values under secret names, query strings and tokens inside texts never get there. */
export function createLog(
  options: { level: 'silent' | 'error' | 'warn' | 'info' | 'debug' },
  destination?: DestinationStream,
): ProcessLog {
  const settings = {
    level: options.level,
    base: undefined,
    mixin: () => requestContext.getStore() ?? {},
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    serializers: { err: (redacted: unknown) => redacted },
    hooks: {
      logMethod(this: unknown, args: unknown[], method: (...args: unknown[]) => void) {
        method.apply(
          this,
          args.map((arg) => redact(arg)),
        );
      },
    },
  };
  return pino(settings, destination ?? pino.destination(GATHERED));
}
