import { z } from 'zod';
import type { Powershell } from '../powershell/powershell';
import { listOf } from '../powershell/powershellScript';

/**
 * On a domain controller PowerShell may not find the module by itself, so the path is given. The cmdlets of
 * ADSync work only on the server of Microsoft Entra Connect.
 */
const IMPORT = `
try { Import-Module ADSync }
catch { Import-Module (Join-Path $env:ProgramFiles 'Microsoft Azure AD Sync\\Bin\\ADSync') }`;

const LOOK = `
$sync = [bool](Get-Service -Name 'ADSync' -ErrorAction SilentlyContinue)
$cloudSync = [bool](Get-Service -Name 'AADConnectProvisioningAgent' -ErrorAction SilentlyContinue)
$scheduler = $null
if ($sync) {${IMPORT}
  $s = Get-ADSyncScheduler
  $scheduler = @{
    enabled = [bool]$s.SyncCycleEnabled
    staging = [bool]$s.StagingModeEnabled
    suspended = [bool]$s.SchedulerSuspended
    inProgress = [bool]$s.SyncCycleInProgress
    running = @(Get-ADSyncConnectorRunStatus | ForEach-Object { [string]$_.ConnectorName })
  }
}
@{ sync = $sync; cloudSync = $cloudSync; scheduler = $scheduler }`;

const START = `${IMPORT}
[string](Start-ADSyncSyncCycle -PolicyType Delta).Result`;

/** One process waits, instead of one process for every look, because loading the module is slow. */
const WAIT = `${IMPORT}
$until = (Get-Date).AddSeconds($in.seconds)
Start-Sleep -Seconds $in.first
while ($true) {
  $busy = [bool](Get-ADSyncScheduler).SyncCycleInProgress -or @(Get-ADSyncConnectorRunStatus).Count -gt 0
  if (-not $busy -or (Get-Date) -ge $until) { break }
  Start-Sleep -Seconds 5
}
-not $busy`;

const scheduler = z.object({
  /** SyncCycleEnabled */
  enabled: z.boolean(),
  /** StagingModeEnabled */
  staging: z.boolean(),
  /** SchedulerSuspended */
  suspended: z.boolean(),
  /** SyncCycleInProgress */
  inProgress: z.boolean(),
  /** The connectors that are working. */
  running: listOf(z.string()),
});
const found = z.object({
  /** Whether the service ADSync is here; it is that of Microsoft Entra Connect. */
  sync: z.boolean(),
  /**
   * Whether the service AADConnectProvisioningAgent is here; it is that of cloud sync, which has no delta
   * sync.
   */
  cloudSync: z.boolean(),
  scheduler: scheduler.nullish(),
});
export type FoundConnect = z.output<typeof found>;

const LOOK_MS = 90_000;

/** Microsoft Entra Connect on this server. Every call throws PowershellFault. */
export interface Connect {
  look(): Promise<FoundConnect>;
  /** Starts a cycle and does not wait for its end. */
  startDelta(): Promise<void>;
  /** Looks for the first time after `first` seconds; false: it is still busy after `seconds`. */
  waitUntilIdle(first: number, seconds: number, signal: AbortSignal): Promise<boolean>;
}

export const createConnect = (powershell: Powershell): Connect => ({
  look: () => powershell.run({ script: LOOK, answer: found, timeoutMs: LOOK_MS }),
  async startDelta() {
    await powershell.run({ script: START, answer: z.unknown(), timeoutMs: LOOK_MS });
  },
  waitUntilIdle: (first, seconds, signal) =>
    powershell.run({
      script: WAIT,
      input: { first, seconds },
      answer: z.boolean(),
      timeoutMs: (first + seconds) * 1000 + LOOK_MS,
      signal,
    }),
});
