import { join } from 'node:path';
import type { Platform } from '../ports';
import { openAskedFile } from '../sync/askedFile';
import { createConnect } from '../sync/connect';
import { createDeltaSync } from '../sync/deltaSync';
import { systemTiming, type Timing } from '../timing';
import { ensureLdapsCertificate } from './certificate';
import { createDpapiSecrets } from './dpapi';
import { holdOnWindows } from './hold';
import { isWindowsAdministrator, windowsMachine } from './machine';
import { createPowershell, type Powershell } from './powershell';
import { createProtectFile } from './protectFile';
import { createResetLog } from './resetLog';
import { createScheduledTask } from './scheduledTask';
import { createSecurityLog } from './securityLog';
import { type Environment, windowsPlaces } from './windowsPlaces';

/** Windows Server 2016 or later, all of it by Windows PowerShell 5.1. `env`: of this process. */
export function createWindowsPlatform(
  env: Environment,
  powershell: Powershell = createPowershell(windowsPlaces(env).powershell, env),
  timing: Timing = systemTiming,
): Platform {
  const { programFolder, dataFolder } = windowsPlaces(env);
  const protect = createProtectFile(powershell);
  return {
    programFolder,
    dataFolder,
    isAdministrator: () => isWindowsAdministrator(powershell),
    machine: () => windowsMachine(powershell),
    protect,
    secretsIn: (folder) => createDpapiSecrets(powershell, protect, folder),
    hold: holdOnWindows,
    startUpTask: createScheduledTask(powershell, dataFolder),
    ensureLdapsCertificate: () => ensureLdapsCertificate(powershell),
    eventLog: createResetLog(createSecurityLog(powershell), timing.now),
    openDeltaSyncs: ({ folder, ...deps }) =>
      createDeltaSync({
        ...deps,
        connect: createConnect(powershell),
        file: openAskedFile(join(folder, 'deltaSync.json')),
        sleep: timing.sleep,
      }),
  };
}
