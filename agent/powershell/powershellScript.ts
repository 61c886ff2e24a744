import { z } from 'zod';

const MARK = 'keyturn:';

/**
 * Before and after every script. The input comes as one line of base64 by `$input`, the answer goes out as
 * one: neither the code page nor what a module prints beside it can spoil them. Modules are taken from where
 * administrators alone can put them: a person's own folder of modules would come first, also for what is run
 * elevated. An error is told by its kind, because its text is in the language of Windows.
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

/** What Windows takes as one command line is 32,767 characters. */
const LONGEST = 30_000;

/**
 * The arguments for powershell.exe. The script is given in the clear, so that whoever watches the machine can read what is run. It holds no
 * double quotes, which the command line would need to have escaped, and nothing that differs from call to call: that is the input.
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

/** Undefined: PowerShell ended without one. */
export function readAnswer(stdout: string): Answer | undefined {
  const line = stdout.split(/\r?\n/).findLast((each) => each.startsWith(MARK));
  if (!line) return undefined;
  const parsed = answerSchema.safeParse(jsonOf(line.slice(MARK.length)));
  if (!parsed.success) return undefined;
  if (!('error' in parsed.data)) return { value: parsed.data.value };
  const { type, id, message } = parsed.data.error;
  return { error: { type, id, message } };
}

function jsonOf(base64: string): unknown {
  try {
    return JSON.parse(Buffer.from(base64, 'base64').toString('utf8'));
  } catch {
    return undefined;
  }
}

/** A list of PowerShell: it makes a single item of a list of one, and nothing of an empty one. */
export const listOf = <Item extends z.ZodTypeAny>(item: Item) =>
  z.preprocess(
    (value) => (value === null || value === undefined ? [] : Array.isArray(value) ? value : [value]),
    z.array(item),
  );
