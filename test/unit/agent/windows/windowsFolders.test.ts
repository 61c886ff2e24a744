import { systemFolder, systemFolderIn } from '../../../../agent/windows/systemFolder';
import { environmentOfPowershell, windowsFolders } from '../../../../agent/windows/windowsFolders';

describe('where Windows’ own programs lie', () => {
  it('comes from the loader, whose first modules are the program and ntdll.dll', () => {
    const modules = [
      'Z:\\agent\\keyturn-agent.exe',
      'D:\\Windows\\SYSTEM32\\ntdll.dll',
      'C:\\evil\\NTDLL.DLL',
    ];
    expect(systemFolderIn(modules)).toBe('D:\\Windows\\SYSTEM32');
    expect(systemFolderIn(['/usr/bin/node', 'ntdll.dll', '\\\\evil\\share\\ntdll.dll'])).toBeUndefined();
  });

  it('is the usual folder when the loader names none, whatever the environment says', () => {
    const { SystemRoot } = process.env;
    process.env.SystemRoot = 'C:\\Users\\ada\\Windows';
    try {
      expect(systemFolder()).toBe('C:\\Windows\\System32');
    } finally {
      if (SystemRoot === undefined) delete process.env.SystemRoot;
      else process.env.SystemRoot = SystemRoot;
    }
  });

  it('gives the other folders, on any drive', () => {
    expect(windowsFolders('D:\\Windows\\System32')).toEqual({
      programFolder: 'D:\\Program Files\\Keyturn Agent',
      dataFolder: 'D:\\ProgramData\\Keyturn Agent',
      powershell: 'D:\\Windows\\System32\\WindowsPowerShell\\v1.0\\powershell.exe',
    });
  });

  it('is all that PowerShell’s environment points to, beside the person’s names', () => {
    const hostile = {
      windir: 'C:\\Users\\ada\\Windows',
      SYSTEMROOT: 'C:\\Users\\ada\\Windows',
      Path: 'C:\\Users\\ada\\bin',
      ProgramFiles: 'C:\\Users\\ada',
      psModulePath: 'C:\\Users\\ada\\Documents\\WindowsPowerShell\\Modules',
      COR_ENABLE_PROFILING: '1',
      COR_PROFILER_PATH: 'C:\\Users\\ada\\evil.dll',
      COMPLUS_Version: 'v9',
      ComSpec: 'C:\\Users\\ada\\cmd.exe',
    };
    const given = environmentOfPowershell({ ...hostile, UserName: 'ada' }, 'C:\\Windows\\System32');
    for (const value of Object.values(hostile)) expect(Object.values(given)).not.toContain(value);
    const names = Object.keys(given).map((name) => name.toLowerCase());
    expect(names).toEqual([...new Set(names)]);
    // libuv takes the variables that are left out from the environment of this process.
    expect(names).toEqual(expect.arrayContaining(['path', 'systemdrive', 'systemroot', 'windir']));
    expect(given).toMatchObject({ UserName: 'ada', SystemRoot: 'C:\\Windows' });
    expect(given.PATH?.split(';').every((folder) => folder.startsWith('C:\\Windows'))).toBe(true);
  });
});
