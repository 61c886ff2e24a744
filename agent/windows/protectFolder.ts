import { z } from 'zod';
import { PlatformFault, type ProtectFile } from '../ports';
import type { Powershell } from './powershell';
import { PowershellFault } from './powershellFault';
import { TASK_NAME } from './scheduledTask';

/**
 * Full control for SYSTEM (S-1-5-18), administrators (S-1-5-32-544) and, where the agent has an account of its own, that one: the account of this process
 * when it is a managed one, the one its task runs as, and one that is named. The whole list is replaced in one go. What somebody else made, or made
 * to lead somewhere else, is refused: everybody may make folders in ProgramData, and an owner gets rights back.
 */
const PROTECT = `
$sid = { New-Object Security.Principal.SecurityIdentifier($args[0]) }
$named = { (New-Object Security.Principal.NTAccount($args[0])).Translate([Security.Principal.SecurityIdentifier]) }
$administrators = & $sid 'S-1-5-32-544'
$grants = @((& $sid 'S-1-5-18'), $administrators)
$me = [Security.Principal.WindowsIdentity]::GetCurrent()
if ($me.Name -like '*$' -and -not $me.IsSystem) { $grants += $me.User }
$task = Get-ScheduledTask -TaskName $in.task -ErrorAction SilentlyContinue
if ($task -and $task.Principal.UserId -like '*$') { $grants += & $named $task.Principal.UserId }
if ($in.account) { $grants += & $named $in.account }
$item = Get-Item -LiteralPath $in.path -Force
if ($item.Attributes -band [IO.FileAttributes]::ReparsePoint) { throw 'keyturn: a link' }
$owner = $item.GetAccessControl().GetOwner([Security.Principal.SecurityIdentifier])
if (($grants + $me.User) -notcontains $owner) { throw 'keyturn: made by somebody else' }
$inherited = 'None'
$acl = New-Object Security.AccessControl.FileSecurity
if ($in.folder) {
  $inherited = 'ContainerInherit, ObjectInherit'
  $acl = New-Object Security.AccessControl.DirectorySecurity
}
$acl.SetAccessRuleProtection($true, $false)
foreach ($who in $grants) { $acl.AddAccessRule((New-Object Security.AccessControl.FileSystemAccessRule($who, 'FullControl', $inherited, 'None', 'Allow'))) }
if ((New-Object Security.Principal.WindowsPrincipal($me)).IsInRole($administrators)) { $acl.SetOwner($administrators) }
$item.SetAccessControl($acl)
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
      throw new PlatformFault('files', sentenceOf(path, cause), { cause });
    }
  };

function sentenceOf(path: string, cause: unknown): string {
  const detail = cause instanceof PowershellFault ? cause.detail : '';
  if (/^keyturn: /.test(detail))
    return `${path} was made by somebody else than an administrator, so what is in it is not trusted. Look into it, remove it, and run this again.`;
  return `The access list of ${path} could not be set, so that others could read it. Run this as an administrator or SYSTEM.`;
}
