import { createLog, type ProcessLog } from '../../../bot/logging/log';

/** The real log, which keeps its lines for the test. */
export function createLinesLog(level: 'debug' | 'info' = 'debug'): {
  log: ProcessLog;
  lines(): Record<string, unknown>[];
  text(): string;
} {
  const written: string[] = [];
  const log = createLog({ level }, { write: (line: string) => void written.push(line) });
  return { log, lines: () => written.map((line) => JSON.parse(line)), text: () => written.join('') };
}
