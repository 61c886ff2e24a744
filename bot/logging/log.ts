import { type DestinationStream, pino } from 'pino';
import type { Log } from '../../domain/ports';
import { redact } from './redact';

/** The log of the process: one JSON line per entry, without secrets. */
export type ProcessLog = Log;

/**
 * Writes lines together, after 100 ms at the latest and when the process ends: one write per line would slow
 * every turn.
 */
const GATHERED = { sync: false, minLength: 12288, periodicFlush: 100 };

/**
 * Writes to `destination` (standard output when absent). Values under secret names, query strings and tokens
 * inside texts never get there.
 */
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

/**
 * `log` for the work of one request: every line has the request's id. Callers pass it on explicitly, because
 * implicit context slows down every promise.
 */
export const logOfRequest = (log: Log, requestId: string): Log => ({
  ...(log.debug && { debug: (fields, message) => log.debug?.({ requestId, ...fields }, message) }),
  info: (fields, message) => log.info({ requestId, ...fields }, message),
  warn: (fields, message) => log.warn({ requestId, ...fields }, message),
  error: (fields, message) => log.error({ requestId, ...fields }, message),
});
