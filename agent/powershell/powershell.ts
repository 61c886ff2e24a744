import { type ChildProcess, spawn } from 'node:child_process';
import type { z } from 'zod';
import type { Environment } from '../windows/windowsFolders';
import { PowershellFault } from './powershellFault';
import { type Answer, commandOf, readAnswer } from './powershellScript';

const OUTPUT_BYTES = 16 * 1024 * 1024;
const ERROR_BYTES = 64 * 1024;

export interface PowershellCall<Output> {
  /**
   * It ends with the value that is the answer; `$in` is the input. powershellScript.ts lists the rules for
   * it.
   */
  script: string;
  /** It goes in by standard input, so no list of processes shows it. */
  input?: unknown;
  answer: z.ZodType<Output, z.ZodTypeDef, unknown>;
  timeoutMs: number;
  signal?: AbortSignal;
}

/** Windows PowerShell 5.1, one process for each call. Throws PowershellFault. */
export interface Powershell {
  run<Output>(call: PowershellCall<Output>): Promise<Output>;
}

/** `program`: the full path of powershell.exe. `env`: its environment, see `environmentOfPowershell`. */
export function createPowershell(program: string, env: Environment): Powershell {
  return {
    async run({ script, input, answer, timeoutMs, signal }) {
      const options = { env, timeoutMs, signal };
      const ended = await runProcess(program, commandOf(script), inputLine(input), options);
      const parsed = answer.safeParse(answeredValue(readAnswer(ended.stdout), ended));
      if (parsed.success) return parsed.data;
      throw new PowershellFault('unreadable', { message: `unexpected ${namesOf(parsed.error)}` });
    },
  };
}

/** Only ASCII, because each machine has its own code page for PowerShell's input. */
const inputLine = (input: unknown) =>
  `${Buffer.from(JSON.stringify(input ?? {}), 'utf8').toString('base64')}\n`;

const namesOf = ({ issues }: z.ZodError) => issues.map(({ path }) => path.join('.') || 'answer').join(', ');

interface Ended {
  stdout: string;
  stderr: string;
  exitCode: number | null;
}

function answeredValue(answer: Answer | undefined, { stderr, exitCode }: Ended): unknown {
  if (answer && 'value' in answer) return answer.value;
  if (answer) throw new PowershellFault('failed', answer.error);
  throw new PowershellFault('unreadable', { message: stderr, exitCode: exitCode ?? undefined });
}

function runProcess(
  program: string,
  args: string[],
  input: string,
  { env, timeoutMs, signal }: { env: Environment; timeoutMs: number; signal?: AbortSignal },
): Promise<Ended> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { windowsHide: true, stdio: 'pipe', env, signal });
    const stdout = collect(child, 'stdout', OUTPUT_BYTES, () => stop('tooMuch'));
    const stderr = collect(child, 'stderr', ERROR_BYTES, () => undefined);
    const stop = (kind: 'timeout' | 'tooMuch') => {
      child.kill('SIGKILL');
      reject(new PowershellFault(kind, {}));
    };
    const timer = setTimeout(() => stop('timeout'), timeoutMs);
    child.on('error', (cause) => {
      clearTimeout(timer);
      reject(new PowershellFault(signal?.aborted ? 'stopped' : 'missing', {}, { cause }));
    });
    child.on('close', (exitCode) => {
      clearTimeout(timer);
      resolve({ stdout: stdout(), stderr: stderr(), exitCode });
    });
    // When PowerShell ends before it has read its input, its exit code says so.
    child.stdin?.on('error', () => undefined);
    child.stdin?.end(input);
  });
}

/** Collects what a stream says, up to `most` bytes; calls `over` when more comes. */
function collect(
  child: ChildProcess,
  name: 'stdout' | 'stderr',
  most: number,
  over: () => void,
): () => string {
  const chunks: Buffer[] = [];
  let bytes = 0;
  child[name]?.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes <= most) chunks.push(chunk);
    else over();
  });
  return () => Buffer.concat(chunks).toString('utf8');
}
