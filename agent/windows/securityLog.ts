import { z } from 'zod';
import type { Powershell } from '../powershell/powershell';
import { PowershellFault } from '../powershell/powershellFault';
import { listOf } from '../powershell/powershellScript';
import { type ResetEvent, readResetEvent } from './resetEvents';

const MOST = 2000;

/** The newest come first; band: audit success. */
const READ = `
$time = 'TimeCreated[@SystemTime&gt;=''' + $in.from + ''' and @SystemTime&lt;=''' + $in.to + ''']'
$where = '*[System[(EventID=4723 or EventID=4724) and band(Keywords,9007199254740992) and ' + $time + ']]'
$query = '<QueryList><Query Id=''0'' Path=''Security''><Select Path=''Security''>' + $where + '</Select></Query></QueryList>'
@(Get-WinEvent -FilterXml $query -MaxEvents $in.most | ForEach-Object { $_.ToXml() })`;

/** Whether this is a domain controller (role 4 or 5) whose security log this account may read. */
const CHECK = `
$controller = (Get-CimInstance -ClassName Win32_ComputerSystem).DomainRole -ge 4
if ($controller) { $null = Get-WinEvent -FilterXml '<QueryList><Query Id=''0'' Path=''Security''><Select Path=''Security''>*</Select></Query></QueryList>' -MaxEvents 1 }
$controller`;

/** The security log of this server. Both calls throw PowershellFault; no events give an empty list. */
export interface SecurityLog {
  /**
   * The resets between two times, both included, in milliseconds. `complete` is false when there were more
   * than one call reads.
   */
  read(from: number, to: number): Promise<{ events: ResetEvent[]; complete: boolean }>;
  isDomainController(): Promise<boolean>;
}

export const createSecurityLog = (powershell: Powershell): SecurityLog => ({
  async read(from, to) {
    const input = { from: new Date(from).toISOString(), to: new Date(to).toISOString(), most: MOST };
    const found = await powershell
      .run({ script: READ, input, answer: listOf(z.string()), timeoutMs: 120_000 })
      .catch(noneIfNone([]));
    const events = found.flatMap((xml) => readResetEvent(xml) ?? []);
    return { events, complete: found.length < MOST };
  },
  isDomainController: () =>
    powershell.run({ script: CHECK, answer: z.boolean(), timeoutMs: 60_000 }).catch(noneIfNone(true)),
});

const noneIfNone =
  <Value>(none: Value) =>
  (fault: unknown): Value => {
    if (fault instanceof PowershellFault && fault.reason === 'noEvents') return none;
    throw fault;
  };
