import { join } from 'node:path';
import type { Platform } from '../ports';
import { openAskedFile } from '../sync/askedFile';
import { createConnect } from '../sync/connect';
import { createDeltaSync } from '../sync/deltaSync';
import { systemTiming, type Timing } from '../timing';
import { ensureLdapsCertificate } from './certificate';
import { createDpapiSecrets } from './dpapi';
import { isWindowsAdministrator, windowsMachine } from './machine';
import { createPowershell, type Powershell } from './powershell';
import { createProtectFile } from './protectFile';
import { createResetLog } from './resetLog';
import { createScheduledTask } from './scheduledTask';
import { createSecurityLog } from './securityLog';

const DATA_FOLDER = 'C:\\ProgramData\\Keyturn Agent';

/** Windows Server 2016 or later, all of it by Windows PowerShell 5.1. */
export function createWindowsPlatform(
  powershell: Powershell = createPowershell(),
  timing: Timing = systemTiming,
): Platform {
  const protect = createProtectFile(powershell);
  return {
    programFolder: 'C:\\Program Files\\Keyturn Agent',
    dataFolder: DATA_FOLDER,
    isAdministrator: () => isWindowsAdministrator(powershell),
    machine: () => windowsMachine(powershell),
    protect,
    secretsIn: (folder) => createDpapiSecrets(powershell, protect, folder),
    startUpTask: createScheduledTask(powershell, DATA_FOLDER),
    ensureLdapsCertificate: () => ensureLdapsCertificate(powershell),
    eventLog: createResetLog(createSecurityLog(powershell), timing.now),
    openDeltaSyncs: ({ folder, ...deps }) =>
      createDeltaSync({
        ...deps,
        connect: createConnect(powershell),
        file: openAskedFile(join(folder, 'deltaSync.json')),
        now: timing.now,
        sleep: timing.sleep,
      }),
  };
}
