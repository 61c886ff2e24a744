import { readFileSync } from 'node:fs';

/** Why a process ended, according to its log, which it began to write at `from` bytes. */
export function lastWords(logFile: string, from: number): string {
  const said = readFileSync(logFile).subarray(from).toString('utf8');
  const lines = said.split('\n').filter((line) => line.trim() !== '');
  const words = lines.map(reasonIn).findLast((reason) => reason !== undefined) ?? lines.at(-1);
  return words ? `Its last words: ${words} (the whole log: ${logFile})` : `It said nothing in ${logFile}.`;
}

/**
 * The reason in a line of structured log, or in the first line of a stack trace; undefined for any other
 * line.
 */
function reasonIn(line: string): string | undefined {
  if (/^(Uncaught )?\w*(Error|Fault)\b.*: /.test(line)) return line;
  if (!line.startsWith('{')) return undefined;
  try {
    const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } };
    return [msg, err?.message].filter(Boolean).join(': ');
  } catch {
    return undefined;
  }
}
