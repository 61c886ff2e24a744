import type { DeltaSync } from '../../domain/agentProtocol/agentEvent';
import type { ConnectHealth } from '../../domain/agentProtocol/health';
import { PowershellFault } from '../powershell/powershellFault';
import type { FoundConnect } from './connect';

/** The state of Microsoft Entra Connect, and why the agent runs no delta sync when it cannot. */
export interface SyncReadiness {
  state: ConnectHealth['state'];
  finding?: string;
  /** Absent: a delta sync may run. */
  refusal?: DeltaSync['outcome'];
}

const readiness = (
  state: ConnectHealth['state'],
  finding: string,
  refusal: DeltaSync['outcome'],
): SyncReadiness => ({ state, finding, refusal });

const NOT_INSTALLED = readiness(
  'notInstalled',
  'Microsoft Entra Connect is not on this server. If it runs on another server, install an agent there to start delta syncs.',
  'noModule',
);
const CLOUD_SYNC = readiness(
  'cloudSync',
  'This server runs Microsoft Entra Cloud Sync, which has no delta sync: it picks up changes by itself every few minutes. There is nothing to do.',
  'cloudSync',
);

const STOPPED = {
  staging:
    'Microsoft Entra Connect is in staging mode on this server: it exports nothing and syncs no passwords. Install an agent on the active server, or end staging mode here in the wizard.',
  suspended:
    'The scheduler of Microsoft Entra Connect is suspended, for example because the wizard is open. Close the wizard, or run: Set-ADSyncScheduler -SchedulerSuspended $false',
  disabled:
    'The sync cycle of Microsoft Entra Connect is switched off on this server. To switch it on, run: Set-ADSyncScheduler -SyncCycleEnabled $true',
};

const stopped = (how: keyof typeof STOPPED) => readiness(how, STOPPED[how], how);

/** The readiness from what was found. The first reason that has to be put right comes first. */
export function readinessOf({ sync, cloudSync, scheduler }: FoundConnect): SyncReadiness {
  if (!sync) return cloudSync ? CLOUD_SYNC : NOT_INSTALLED;
  if (!scheduler) return readiness('unknown', 'Microsoft Entra Connect did not report its state.', 'failed');
  if (scheduler.staging) return stopped('staging');
  if (scheduler.suspended) return stopped('suspended');
  if (!scheduler.enabled) return stopped('disabled');
  return { state: 'ready' };
}

const NO_RIGHTS = readiness(
  'noRights',
  'The agent may not use Microsoft Entra Connect. Add its account to the group ADSyncOperators of this server and restart the agent; as SYSTEM it needs no group.',
  'noRights',
);
const NO_MODULE = readiness(
  'noModule',
  'The service of Microsoft Entra Connect is here, but its PowerShell module ADSync cannot be loaded. Repair the installation of Microsoft Entra Connect.',
  'noModule',
);
const RESTRICTED = readiness(
  'noModule',
  'PowerShell is restricted on this server (constrained language mode), so the agent cannot ask Microsoft Entra Connect. Allow the agent in AppLocker or App Control.',
  'noModule',
);

/** What a PowerShell fault says about Microsoft Entra Connect. Throws every other fault again. */
export function readinessAfter(fault: unknown): SyncReadiness {
  if (!(fault instanceof PowershellFault)) throw fault;
  if (fault.kind === 'missing')
    return readiness('unknown', 'Windows PowerShell cannot be started on this server.', 'noModule');
  if (fault.kind === 'timeout')
    return readiness(
      'unknown',
      'Microsoft Entra Connect did not answer in time. Check whether its service ADSync hangs.',
      'failed',
    );
  if (fault.reason === 'noRights') return NO_RIGHTS;
  if (fault.reason === 'noModule' || fault.reason === 'noCommand') return NO_MODULE;
  if (fault.reason === 'restricted') return RESTRICTED;
  const said = fault.detail ? ` It said: ${fault.detail}` : '';
  return readiness(
    'unknown',
    `Microsoft Entra Connect refused. Check whether its service ADSync runs.${said}`,
    'failed',
  );
}
