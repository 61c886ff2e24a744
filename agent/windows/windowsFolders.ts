import { win32 } from 'node:path';

/** The environment of a process: a name may be written in any case on Windows. */
export type Environment = Record<string, string | undefined>;

/** Where things lie on this Windows, which need not be drive C. */
export interface WindowsFolders {
  programFolder: string;
  dataFolder: string;
  /** Of the system itself: a folder that comes first on the path cannot put its own in the way. */
  powershell: string;
}

/**
 * `system`: see systemFolder. No variable is asked: those of a person can be set by whatever runs as that
 * person without elevation.
 */
export function windowsFolders(system: string): WindowsFolders {
  const { root } = win32.parse(system);
  return {
    programFolder: win32.join(root, 'Program Files', 'Keyturn Agent'),
    dataFolder: win32.join(root, 'ProgramData', 'Keyturn Agent'),
    powershell: win32.join(system, 'WindowsPowerShell\\v1.0\\powershell.exe'),
  };
}

/** What says who somebody is and where that person's own files lie; nothing in there is run. */
const PERSONAL = [
  'APPDATA',
  'COMPUTERNAME',
  'HOMEDRIVE',
  'HOMEPATH',
  'LOCALAPPDATA',
  'LOGONSERVER',
  'NUMBER_OF_PROCESSORS',
  'OS',
  'PROCESSOR_ARCHITECTURE',
  'TEMP',
  'TMP',
  'USERDNSDOMAIN',
  'USERDOMAIN',
  'USERNAME',
  'USERPROFILE',
];

/**
 * What Windows PowerShell is started with: Windows' own places, and of the environment only what names a
 * person. All else could lead a program that runs elevated to somebody's code, such as PATH, COR_PROFILER and
 * PSModulePath, or, after PowerShell 7, to modules that it cannot load.
 */
export function environmentOfPowershell(env: Environment, system: string): Environment {
  const windows = win32.dirname(system);
  const { root } = win32.parse(system);
  const personal = Object.entries(env).filter(([name]) => PERSONAL.includes(name.toUpperCase()));
  return {
    ...Object.fromEntries(personal),
    SystemRoot: windows,
    windir: windows,
    SystemDrive: root.replace(/\\$/, ''),
    ComSpec: win32.join(system, 'cmd.exe'),
    PATH: [system, windows, win32.join(system, 'Wbem'), win32.join(system, 'WindowsPowerShell\\v1.0')].join(
      ';',
    ),
    PATHEXT: '.COM;.EXE;.BAT;.CMD',
    ProgramData: win32.join(root, 'ProgramData'),
    ALLUSERSPROFILE: win32.join(root, 'ProgramData'),
    ProgramFiles: win32.join(root, 'Program Files'),
    ProgramW6432: win32.join(root, 'Program Files'),
    CommonProgramFiles: win32.join(root, 'Program Files', 'Common Files'),
  };
}
