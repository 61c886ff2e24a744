import { z } from 'zod';
import { PlatformFault, type ProtectFolder } from '../ports';
import type { Powershell } from '../powershell/powershell';
import { PowershellFault } from '../powershell/powershellFault';
import { TASK_NAME } from './scheduledTask';

/**
 * Gives full control to SYSTEM (S-1-5-18), to administrators (S-1-5-32-544) and to the agent's own
 * accounts: the one that its task runs as, and one that is named. It makes a missing folder with that
 * access list. In an existing folder it replaces the whole list in one step, and everything inside inherits
 * it. It refuses a folder that somebody else made, because everybody may make folders in ProgramData, and
 * an owner can take rights back. It also refuses one that the same person made without elevation, because
 * that person's other programs could make it under the same name. In a folder that already has a list of
 * its own, nobody else could make anything. It always refuses links to other folders, also above the
 * folder.
 */
const PROTECT = `
$sid = { New-Object Security.Principal.SecurityIdentifier($args[0]) }
$named = { (New-Object Security.Principal.NTAccount($args[0])).Translate([Security.Principal.SecurityIdentifier]) }
$administrators = & $sid 'S-1-5-32-544'
$grants = @((& $sid 'S-1-5-18'), $administrators)
$task = Get-ScheduledTask -TaskName $in.task -ErrorAction SilentlyContinue
if ($task -and $task.Principal.UserId -like '*$') { $grants += & $named $task.Principal.UserId }
if ($in.account) { $grants += & $named $in.account }
$acl = New-Object Security.AccessControl.DirectorySecurity
$acl.SetAccessRuleProtection($true, $false)
foreach ($who in $grants) { $acl.AddAccessRule((New-Object Security.AccessControl.FileSystemAccessRule($who, 'FullControl', 'ContainerInherit, ObjectInherit', 'None', 'Allow'))) }
$acl.SetOwner($administrators)
$noLink = { if ($args[0].Attributes -band [IO.FileAttributes]::ReparsePoint) { throw 'keyturn: a link' } }
$noOther = {
  $owner = $args[0].GetAccessControl().GetOwner([Security.Principal.SecurityIdentifier])
  if ($grants -notcontains $owner) { throw 'keyturn: made by somebody else' }
}
$folder = New-Object IO.DirectoryInfo($in.path)
for ($above = $folder.Parent; $above; $above = $above.Parent) { if ($above.Exists) { & $noLink $above } }
if (-not $folder.Exists) {
  $null = [IO.Directory]::CreateDirectory($in.path, $acl)
  $folder.Refresh()
}
& $noLink $folder
& $noOther $folder
$within = @(Get-ChildItem -LiteralPath $in.path -Recurse -Force)
foreach ($item in $within) { & $noLink $item }
if (-not $folder.GetAccessControl().AreAccessRulesProtected) { foreach ($item in $within) { & $noOther $item } }
$folder.SetAccessControl($acl)
foreach ($item in $within) {
  try {
    $own = $item.GetAccessControl()
    $own.SetAccessRuleProtection($false, $false)
    foreach ($rule in @($own.GetAccessRules($true, $false, [Security.Principal.SecurityIdentifier]))) { $own.PurgeAccessRules($rule.IdentityReference) }
    $own.SetOwner($administrators)
    $item.SetAccessControl($own)
  } catch { if (Test-Path -LiteralPath $item.FullName) { throw } }
}
$null`;

/** Gives a folder an access list of its own. Throws PlatformFault 'files'. */
export const createProtectFolder =
  (powershell: Powershell): ProtectFolder =>
  async (path, account) => {
    try {
      await powershell.run({
        script: PROTECT,
        input: { path, task: TASK_NAME, account: account ?? null },
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
    return `${path}, or something in it, was made by somebody else than an elevated administrator, or leads somewhere else, so it is not trusted. Check what it is, remove it, and run this again.`;
  return `The access list of ${path} could not be set, so that others could read it. Run this as an administrator or SYSTEM.`;
}
