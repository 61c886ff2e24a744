import { type DestinationStream, pino } from 'pino';
import type { Log } from '../domain/ports';
import { redact } from './redact';

/** The process's log: one JSON line per entry, secrets taken out. */
export interface ProcessLog extends Log {
  /** The same log with `fields` on every line, e.g. a request id. */
  child(fields: { requestId: string }): ProcessLog;
}

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
  return destination ? pino(settings, destination) : pino(settings);
}
