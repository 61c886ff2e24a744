import { createStream } from 'rotating-file-stream';
import { codeOf } from './files';
import type { AgentLog } from './ports';

/** 25 MB at most. */
const BOUNDS = { size: '5M', files: 5 };
const LONGEST = 500;

/** A log that can be closed. After that, every line is on the disk. */
export interface OpenLog extends AgentLog {
  close(): Promise<void>;
}

/**
 * A stream ends at its first error, for example when somebody reads the file during a rename. The next line
 * opens a new stream, but not more often than this.
 */
const AGAIN_MS = 60_000;

/**
 * Writes JSON lines to files in `folder` that rotate. When the disk is full, lines are lost, but the agent
 * goes on, and later lines are written once there is space.
 */
export function openLog(folder: string, { size, files } = BOUNDS, now: () => number = Date.now): OpenLog {
  let openedAt = 0;
  let failure: { code: string } | undefined;
  const open = () => {
    openedAt = now();
    return createStream('agent.log', { path: folder, size, maxFiles: files, mode: 0o600 })
      .on('error', (error) => {
        failure = { code: codeOf(error) };
      })
      .on('warning', () => undefined);
  };
  let stream = open();
  const write = (line: string) => {
    if (failure && now() - openedAt >= AGAIN_MS) {
      const { code } = failure;
      failure = undefined;
      stream = open();
      log.warn({ code }, 'lines are missing here: the log could not be written');
    }
    stream.write(line);
  };
  const log = createLog(write, now);
  return { ...log, close: () => new Promise((resolve) => stream.end(() => resolve())) };
}

/** `write` gets only short plain values: see `lineOf`. */
export function createLog(write: (line: string) => void, now: () => number = Date.now): AgentLog {
  const at = (level: string) => (fields: object, message: string) =>
    write(lineOf(level, fields, message, now()));
  return { info: at('info'), warn: at('warn'), error: at('error') };
}

/**
 * Writes only numbers, booleans and short texts whose names are not those of secrets, and the kind of each
 * error. So bodies, headers and records cannot get in. It writes an error's message only if it is one of
 * our own sentences, because other messages quote their input.
 */
function lineOf(level: string, fields: object, message: string, now: number): string {
  const plain = Object.entries(fields).flatMap(([name, value]) => entryOf(name, value));
  const line = {
    time: new Date(now).toISOString(),
    level,
    message: textOf(message),
    ...Object.fromEntries(plain),
  };
  return `${JSON.stringify(line)}\n`;
}

const SECRET = /token|secret|passw|authori[sz]ation|cookie|body|credential|key$|^key|signature/i;
const RESERVED = new Set(['time', 'level', 'message']);

function entryOf(name: string, value: unknown): [string, unknown][] {
  if (SECRET.test(name) || RESERVED.has(name)) return [];
  if (typeof value === 'string') return [[name, textOf(value)]];
  if (typeof value === 'number' || typeof value === 'boolean') return [[name, value]];
  return value instanceof Error ? [[name, errorOf(value)]] : [];
}

const TOKEN = /\bey[\w-]{8,}\.[\w-]+\.[\w-]*/g;
const SECRET_INSIDE = /((?:token|secret|passw\w*)["']?\s*[=:]\s*["']?)[^\s"'&,}]+/gi;
const USER_INFO = /\b([a-z][a-z+]*:\/\/)[^\s/"'<>]*@/gi;

const textOf = (text: string): string =>
  text
    .slice(0, LONGEST)
    .replace(TOKEN, '[redacted]')
    .replace(SECRET_INSIDE, '$1[redacted]')
    .replace(USER_INFO, '$1[redacted]@');

/**
 * Our own faults have a `sentence`. Of other errors the kind, the code and the lines of code are enough to
 * find the cause.
 */
function errorOf(error: Error, depth = 0): object {
  const sentence =
    'sentence' in error && typeof error.sentence === 'string' ? textOf(error.sentence) : undefined;
  const frames = error.stack?.split('\n').filter((line) => /^\s+at /.test(line)) ?? [];
  return {
    type: error.name,
    code: codeOf(error) || undefined,
    sentence,
    at: frames.slice(0, 3).map((frame) => frame.trim()),
    cause: error.cause instanceof Error && depth < 3 ? errorOf(error.cause, depth + 1) : undefined,
  };
}
