import { hostname, release, version } from 'node:os';
import { z } from 'zod';
import type { Machine } from '../../domain/agentProtocol/messages';
import { PlatformFault } from '../ports';
import type { Powershell } from '../powershell/powershell';
import { PowershellFault } from '../powershell/powershellFault';

/**
 * MachineGuid stays the same until Windows is installed again. Machines made from one template share it,
 * but not their name.
 */
const IDENTIFY = `
$computer = Get-CimInstance -ClassName Win32_ComputerSystem
$domain = $null
if ($computer.PartOfDomain) { $domain = [string]$computer.Domain }
@{ id = (Get-ItemProperty -LiteralPath 'HKLM:\\SOFTWARE\\Microsoft\\Cryptography').MachineGuid; domain = $domain }`;

const identified = z.object({ id: z.string().min(1).max(100), domain: z.string().max(255).nullish() });

/** Throws PlatformFault 'files'. */
export async function windowsMachine(powershell: Powershell): Promise<Machine> {
  const { id, domain } = await powershell
    .run({ script: IDENTIFY, answer: identified, timeoutMs: 60_000 })
    .catch(notSaid('which machine this is'));
  const name = hostname();
  return { id: `${id}|${name}`, name, os: `${version()} ${release()}`, ...(domain ? { domain } : {}) };
}

/** Every Windows can answer this question; a missing answer has its reason on the server. */
export const notSaid = (what: string) => (cause: unknown) => {
  const sentence = `Windows did not say ${what}. Is PowerShell restricted, or WMI broken, on this server?`;
  throw new PlatformFault('files', sentence, { cause });
};

/** What a fault of PowerShell means for a change of this server. Throws every other fault again. */
export const changeFault =
  (kind: PlatformFault['kind'], sentenceOf: (fault: PowershellFault) => string) => (cause: unknown) => {
    if (!(cause instanceof PowershellFault)) throw cause;
    if (cause.reason === 'noRights') throw new PlatformFault('notAdministrator', NOT_ELEVATED, { cause });
    throw new PlatformFault(kind, sentenceOf(cause), { cause });
  };

const NOT_ELEVATED = 'Run this in a PowerShell that was started as administrator.';

const IS_ADMINISTRATOR = `
$me = New-Object Security.Principal.WindowsPrincipal([Security.Principal.WindowsIdentity]::GetCurrent())
$me.IsInRole([Security.Principal.WindowsBuiltInRole]::Administrator)`;

/** SYSTEM counts as an administrator. Throws PlatformFault 'files'. */
export const isWindowsAdministrator = (powershell: Powershell): Promise<boolean> =>
  powershell
    .run({ script: IS_ADMINISTRATOR, answer: z.boolean(), timeoutMs: 60_000 })
    .catch(notSaid('whether this is an administrator'));
