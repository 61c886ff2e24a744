import { z } from 'zod';
import type { StartUpTask } from '../ports';
import type { Powershell } from '../powershell/powershell';
import type { PowershellFault } from '../powershell/powershellFault';
import { commandLineOf } from './commandLine';
import { changeFault } from './machine';

export const TASK_NAME = 'Keyturn Agent';

/**
 * Starts the task at start-up and again every five minutes: Windows restarts a task that could not start,
 * but not always one whose program ended. A running one is left alone (IgnoreNew). 5 is the usual priority
 * of programs; tasks have a lower one by default. A managed account has no password to give: with
 * 'Password' Windows fetches it.
 */
const REGISTER = `
$action = New-ScheduledTaskAction -Execute $in.file -Argument $in.arguments
$again = New-ScheduledTaskTrigger -Once -At (Get-Date) -RepetitionInterval (New-TimeSpan -Minutes 5)
$triggers = @((New-ScheduledTaskTrigger -AtStartup), $again)
$settings = New-ScheduledTaskSettingsSet -Priority 5 -RestartCount 999 -RestartInterval (New-TimeSpan -Minutes 1) -ExecutionTimeLimit ([TimeSpan]::Zero) -MultipleInstances IgnoreNew -AllowStartIfOnBatteries -DontStopIfGoingOnBatteries -StartWhenAvailable
if ($in.account) { $principal = New-ScheduledTaskPrincipal -UserId $in.account -LogonType Password -RunLevel Highest }
else { $principal = New-ScheduledTaskPrincipal -UserId 'S-1-5-18' -LogonType ServiceAccount -RunLevel Highest }
$description = 'Reports password resets to Keyturn and starts delta syncs of Microsoft Entra Connect.'
$null = Register-ScheduledTask -TaskName $in.task -Action $action -Trigger $triggers -Settings $settings -Principal $principal -Description $description -Force
$null = Disable-ScheduledTask -TaskName $in.task
$null`;

const START = `
$null = Enable-ScheduledTask -TaskName $in.task
Start-ScheduledTask -TaskName $in.task
$null`;

/** Disables the task first; otherwise Windows would start it again while its file is replaced. */
const STOP = `
$task = Get-ScheduledTask -TaskName $in.task -ErrorAction SilentlyContinue
if ($task) {
  $null = $task | Disable-ScheduledTask
  $task | Stop-ScheduledTask
  $file = @($task.Actions)[0].Execute
  $until = (Get-Date).AddSeconds(30)
  while (@(Get-Process | Where-Object { $_.Path -eq $file -and $_.Id -ne $in.pid }).Count -gt 0 -and (Get-Date) -lt $until) { Start-Sleep -Milliseconds 250 }
  $left = @(Get-Process | Where-Object { $_.Path -eq $file -and $_.Id -ne $in.pid })
  if ($left.Count -gt 0) { throw 'the agent did not end' }
}
$null`;

const REMOVE = `
$task = Get-ScheduledTask -TaskName $in.task -ErrorAction SilentlyContinue
if ($task) { $task | Unregister-ScheduledTask -Confirm:$false }
$null`;

const STATE = `
$task = Get-ScheduledTask -TaskName $in.task -ErrorAction SilentlyContinue
if (-not $task) { 'Absent' } else { [string]$task.State }`;

const LAST_RESULT = `
[long](Get-ScheduledTaskInfo -TaskName $in.task).LastTaskResult`;

/**
 * A scheduled task of Windows. PowerShell registers it as a separate program, so it needs an administrator.
 * Throws PlatformFault.
 */
export function createScheduledTask(powershell: Powershell): StartUpTask {
  const run = async <Output>(
    script: string,
    more: object,
    answer: z.ZodType<Output, z.ZodTypeDef, unknown>,
  ) => {
    const input = { task: TASK_NAME, ...more };
    return powershell
      .run({ script, input, answer, timeoutMs: 90_000 })
      .catch(changeFault('task', sentenceOf));
  };
  const effect = async (script: string, more: object = {}) => {
    await run(script, more, z.unknown());
  };
  return {
    register: ({ file, args, account }) =>
      effect(REGISTER, { file, arguments: commandLineOf(args), account: account ?? null }),
    start: () => effect(START),
    stop: () => effect(STOP, { pid: process.pid }),
    remove: () => effect(REMOVE),
    async state() {
      const state = await run(STATE, {}, z.string());
      if (state === 'Absent') return 'absent';
      return state === 'Running' ? 'running' : 'stopped';
    },
    whyEnded: async () => endOf(await run(LAST_RESULT, {}, z.number())),
  };
}

/** ERROR_NONE_MAPPED and SCHED_E_ACCOUNT_NAME_NOT_FOUND */
const NO_ACCOUNT = /0x80070534|0x80041310/i;
/** ERROR_LOGON_FAILURE and ERROR_LOGON_TYPE_NOT_GRANTED */
const NO_LOGON = /0x8007052e|0x80070569/i;

const NOT_ALLOWED =
  'That account may not run the agent here. Run Test-ADServiceAccount for it, and give it the right "Log on as a batch job" on this server.';

/** What Task Scheduler says about itself (SCHED_S_...): not run yet, running, ended by somebody. */
const NO_END = new Set([0, 0x41301, 0x41303, 0x41306]);
const OWN_CODES = 255;

/** Task Scheduler's last result: the program's own exit code, or Windows' reason for not starting it. */
function endOf(result: number): string | undefined {
  if (NO_END.has(result)) return undefined;
  if (result > 0 && result <= OWN_CODES) return `It ended with code ${result}.`;
  const code = `0x${(result >>> 0).toString(16).padStart(8, '0')}`;
  return NO_LOGON.test(code) ? NOT_ALLOWED : `Windows said ${code}.`;
}

function sentenceOf({ code, detail }: PowershellFault): string {
  if (NO_ACCOUNT.test(code)) {
    return 'Windows does not know that account. A group managed service account is written DOMAIN\\name$, and is made usable here by: Install-ADServiceAccount name';
  }
  if (NO_LOGON.test(code)) return NOT_ALLOWED;
  return `The start-up task could not be changed. Look in Task Scheduler at "${TASK_NAME}".${detail ? ` It said: ${detail}` : ''}`;
}
