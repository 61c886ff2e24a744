import { readFileSync } from 'node:fs';

/** Why a process ended, as far as its log tells: the message of its last line. */
export function lastWords(logFile: string): string {
  const line = readFileSync(logFile, 'utf8').trimEnd().split('\n').at(-1) ?? '';
  const words = messageOf(line) ?? line;
  return words ? `Its last words: ${words} (all of them: ${logFile})` : `It said nothing in ${logFile}.`;
}

/** Of a line of structured log; undefined for any other. */
function messageOf(line: string): string | undefined {
  try {
    const { msg, err } = JSON.parse(line) as { msg?: string; err?: { message?: string } };
    return [msg, err?.message].filter(Boolean).join(' ');
  } catch {
    return undefined;
  }
}
