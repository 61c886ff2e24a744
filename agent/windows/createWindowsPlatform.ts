import { join } from 'node:path';
import type { Platform } from '../ports';
import { createPowershell, type Powershell } from '../powershell/powershell';
import { openAskedFile } from '../sync/askedFile';
import { createConnect } from '../sync/connect';
import { createDeltaSync } from '../sync/deltaSync';
import { readinessAfter, readinessOf } from '../sync/readiness';
import { systemTiming, type Timing } from '../timing';
import { windowsDomainController } from './domainController';
import { createDpapiSecrets } from './dpapi';
import { holdOnWindows } from './hold';
import { isWindowsAdministrator, windowsMachine } from './machine';
import { createProtectFolder } from './protectFolder';
import { createResetLog } from './resetLog';
import { createScheduledTask } from './scheduledTask';
import { createSecurityLog } from './securityLog';
import { type Environment, environmentOfPowershell, windowsFolders } from './windowsFolders';

/** `env`: the environment of this process. `system`: Windows' own folder, see systemFolder. */
export const systemPowershell = (env: Environment, system: string): Powershell =>
  createPowershell(windowsFolders(system).powershell, environmentOfPowershell(env, system));

/** Windows Server 2016 or later; everything goes through Windows PowerShell 5.1. */
export function createWindowsPlatform(
  system: string,
  powershell: Powershell,
  timing: Timing = systemTiming,
): Platform {
  const { programFolder, dataFolder } = windowsFolders(system);
  return {
    programFolder,
    dataFolder,
    isAdministrator: () => isWindowsAdministrator(powershell),
    machine: () => windowsMachine(powershell),
    protect: createProtectFolder(powershell),
    secretsIn: (folder) => createDpapiSecrets(powershell, folder),
    hold: holdOnWindows,
    startUpTask: createScheduledTask(powershell),
    domainController: () => windowsDomainController(powershell, timing),
    eventLog: createResetLog(createSecurityLog(powershell), timing.now),
    connectHealth: () => createConnect(powershell).look().then(readinessOf, readinessAfter),
    openDeltaSyncs: ({ folder, ...deps }) =>
      createDeltaSync({
        ...deps,
        ...timing,
        connect: createConnect(powershell),
        file: openAskedFile(join(folder, 'deltaSync.json')),
      }),
  };
}
