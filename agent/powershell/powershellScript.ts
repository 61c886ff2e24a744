import { z } from 'zod';
import { jsonOf } from '../../domain/agentProtocol/readJson';

const MARK = 'keyturn:';

/**
 * Stands before and after every script. The input comes as one line of base64 in `$input`, and the answer
 * goes out in the same way, so neither the code page nor the output of a module can spoil them. Modules
 * come only from folders that administrators can write: otherwise a person's own module folder would come
 * first, even in elevated programs. An error is told by its kind, because its text is in the language of
 * Windows.
 */
const BEFORE = `
$ErrorActionPreference = 'Stop'
$ProgressPreference = 'SilentlyContinue'
$WarningPreference = 'SilentlyContinue'
function Write-Answer($answer) {
  $json = ConvertTo-Json -InputObject $answer -Depth 6 -Compress
  [Console]::Out.WriteLine('${MARK}' + [Convert]::ToBase64String([Text.Encoding]::UTF8.GetBytes($json)))
}
try {
  $env:PSModulePath = $PSHOME + '\\Modules;' + [Environment]::GetEnvironmentVariable('PSModulePath', 'Machine')
  $in = [Text.Encoding]::UTF8.GetString([Convert]::FromBase64String((@($input) -join ''))) | ConvertFrom-Json
  $value = & {`;
const AFTER = `
  }
  Write-Answer @{ value = $value }
  exit 0
} catch {
  $e = $_.Exception
  Write-Answer @{ error = @{ type = $e.GetType().FullName; id = $_.FullyQualifiedErrorId; message = $e.Message; code = $e.HResult } }
  exit 1
}`;

/** Windows accepts at most 32,767 characters as one command line. */
const LONGEST = 30_000;

/**
 * The arguments for powershell.exe. The script is plain text, so that people who watch the machine can read
 * what runs. It holds no double quotes, because the command line would have to escape them, and nothing
 * that changes from call to call: that is the input.
 */
export function commandOf(script: string): string[] {
  const whole = `${BEFORE}\n${script.trim()}${AFTER}`;
  if (whole.includes('"') || whole.length > LONGEST)
    throw new RangeError('not a script for one command line');
  return ['-NoLogo', '-NoProfile', '-NonInteractive', '-ExecutionPolicy', 'Bypass', '-Command', whole];
}

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? undefined);
const answerSchema = z.union([
  z.object({ error: z.object({ type: text, id: text, message: text, code: z.number().nullish() }) }),
  z.object({ value: z.unknown() }),
]);

export interface ScriptError {
  /** The .NET type of the exception. */
  type?: string;
  /** FullyQualifiedErrorId */
  id?: string;
  message?: string;
}
export type Answer = { value: unknown } | { error: ScriptError };

/** Undefined: PowerShell ended without an answer. */
export function readAnswer(stdout: string): Answer | undefined {
  const line = stdout.split(/\r?\n/).findLast((each) => each.startsWith(MARK));
  if (!line) return undefined;
  const json = Buffer.from(line.slice(MARK.length), 'base64').toString('utf8');
  const parsed = answerSchema.safeParse(jsonOf(json));
  if (!parsed.success) return undefined;
  if (!('error' in parsed.data)) return { value: parsed.data.value };
  const { type, id, message } = parsed.data.error;
  return { error: { type, id, message } };
}

/** A list from PowerShell, which turns a list of one into a single item, and an empty one into nothing. */
export const listOf = <Item extends z.ZodTypeAny>(item: Item) =>
  z.preprocess(
    (value) => (value === null || value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(item),
  );
