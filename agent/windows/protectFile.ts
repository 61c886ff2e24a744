import { z } from 'zod';
import { PlatformFault, type ProtectFile } from '../ports';
import type { Powershell } from './powershell';
import { TASK_NAME } from './scheduledTask';

/**
 * SYSTEM (S-1-5-18), administrators (S-1-5-32-544) and, where the agent has an account of its own, that one: the account of this process when it is a
 * managed one, the one its task runs as, and one that is named. Nothing is inherited.
 */
const PROTECT = `
$grants = @('*S-1-5-18', '*S-1-5-32-544')
$me = [Security.Principal.WindowsIdentity]::GetCurrent()
if ($me.Name -like '*$' -and -not $me.IsSystem) { $grants += '*' + $me.User.Value }
$task = Get-ScheduledTask -TaskName $in.task -ErrorAction SilentlyContinue
if ($task -and $task.Principal.UserId -like '*$') { $grants += $task.Principal.UserId }
$rights = ':(F)'
if ($in.folder) { $rights = ':(OI)(CI)(F)' }
if ($in.account) { $grants += $in.account }
$said = & icacls.exe $in.path /inheritance:r /grant:r @($grants | Select-Object -Unique | ForEach-Object { $_ + $rights }) /q 2>&1
if ($LASTEXITCODE -ne 0) { throw ('icacls ended with ' + $LASTEXITCODE + ': ' + ($said -join ' ')) }
$null`;

/** An access list of its own for a file or folder. Throws PlatformFault 'files'. */
export const createProtectFile =
  (powershell: Powershell): ProtectFile =>
  async (path, kind, account) => {
    try {
      await powershell.run({
        script: PROTECT,
        input: { path, folder: kind === 'folder', task: TASK_NAME, account: account ?? null },
        answer: z.unknown(),
        timeoutMs: 60_000,
      });
    } catch (cause) {
      throw new PlatformFault(
        'files',
        `The access list of ${path} could not be set, so that others could read it. Run this as an administrator or SYSTEM.`,
        { cause },
      );
    }
  };
