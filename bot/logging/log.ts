import { type DestinationStream, pino } from 'pino';
import type { Log } from '../../domain/ports';
import { redact } from './redact';

/** The process's log: one JSON line per entry, secrets taken out. */
export type ProcessLog = Log;

/** Lines go out together, after 100 ms at the latest and when the process ends: a write for each would cost every turn. */
const GATHERED = { sync: false, minLength: 12288, periodicFlush: 100 };

/** Writes to `destination` (standard output when absent). Values under secret names, query strings and tokens inside texts never get there. */
export function createLog(
  options: { level: 'silent' | 'error' | 'warn' | 'info' | 'debug' },
  destination?: DestinationStream,
): ProcessLog {
  const settings = {
    level: options.level,
    base: undefined,
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
  const log: Log = pino(settings, destination ?? pino.destination(GATHERED));
  return options.level === 'debug' ? log : withoutDebug(log);
}

const withoutDebug = (log: Log): Log => Object.assign(log, { debug: undefined });

/** `log` for the work of one request: every line carries the request's id. Given on by hand, for what follows it by itself slows down every promise. */
export const logOfRequest = (log: Log, requestId: string): Log => ({
  ...(log.debug && { debug: (fields, message) => log.debug?.({ requestId, ...fields }, message) }),
  info: (fields, message) => log.info({ requestId, ...fields }, message),
  warn: (fields, message) => log.warn({ requestId, ...fields }, message),
  error: (fields, message) => log.error({ requestId, ...fields }, message),
});
