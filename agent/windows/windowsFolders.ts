import { win32 } from 'node:path';

/** The environment of a process. On Windows its names are not case-sensitive. */
export type Environment = Record<string, string | undefined>;

/**
 * The folders of this Windows, which need not be on drive C. `system`: see systemFolder. It reads no
 * variable, because any program of a person can set that person's variables without elevation.
 */
export function windowsFolders(system: string) {
  const { root } = win32.parse(system);
  return {
    programFolder: win32.join(root, 'Program Files', 'Keyturn Agent'),
    dataFolder: win32.join(root, 'ProgramData', 'Keyturn Agent'),
    /** The system's own program, by its full path: no folder on the PATH can put another one before it. */
    powershell: win32.join(system, 'WindowsPowerShell\\v1.0\\powershell.exe'),
  };
}

/** Variables that tell who a person is and where that person's files lie. Windows runs nothing from them. */
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
 * The environment for Windows PowerShell: Windows' own folders, and of the given environment only what
 * names a person. Every other variable, such as PATH, COR_PROFILER or PSModulePath, could lead an elevated
 * program to somebody's code, or, after PowerShell 7, to modules that it cannot load.
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
