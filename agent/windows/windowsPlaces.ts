import { win32 } from 'node:path';

/** The environment of a process: a name may be written in any case on Windows. */
export type Environment = Record<string, string | undefined>;

/** Where things lie on this Windows, which need not be drive C. */
export interface WindowsPlaces {
  programFolder: string;
  dataFolder: string;
  /** Of the system itself: a folder that comes first on the path cannot put its own in the way. */
  powershell: string;
}

export function windowsPlaces(env: Environment): WindowsPlaces {
  const folder = (name: string, usual: string) => {
    const said = Object.entries(env).find(([key]) => key.toLowerCase() === name.toLowerCase())?.[1];
    return said && /^[a-z]:\\/i.test(said) ? said : usual;
  };
  const system = folder('SystemRoot', 'C:\\Windows');
  return {
    programFolder: win32.join(folder('ProgramFiles', 'C:\\Program Files'), 'Keyturn Agent'),
    dataFolder: win32.join(folder('ProgramData', 'C:\\ProgramData'), 'Keyturn Agent'),
    powershell: win32.join(system, 'System32\\WindowsPowerShell\\v1.0\\powershell.exe'),
  };
}

/**
 * What Windows PowerShell is started with. PowerShell 7 leaves the paths of its own modules to every program that is started from it;
 * Windows PowerShell finds those first and cannot load them. Without the name it makes the paths anew.
 */
export const environmentOfPowershell = (env: Environment): Environment =>
  Object.fromEntries(Object.entries(env).filter(([name]) => name.toLowerCase() !== 'psmodulepath'));
