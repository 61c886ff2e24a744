import { type ParsedPath, win32 } from 'node:path';

/** The folder on nearly every Windows. */
const USUAL = 'C:\\Windows\\System32';

/**
 * The folder of Windows' own programs. The environment names it, too, but a program that can set a person's
 * variables could then choose which powershell.exe that person's elevated programs start. So this asks the
 * loader where it found ntdll.dll, which every process has.
 */
export const systemFolder = (): string => systemFolderIn(loadedModules()) ?? USUAL;

export const systemFolderIn = (modules: readonly string[]): string | undefined =>
  modules.map((path) => win32.parse(path)).find(isNtdll)?.dir;

const isNtdll = ({ dir, base }: ParsedPath) =>
  base.toLowerCase() === 'ntdll.dll' && /^[a-z]:\\[^\\]/i.test(dir);

function loadedModules(): string[] {
  // Otherwise the report looks up the names of all peers. A Node that does not know this option does look
  // them up.
  Object.assign(process.report, { excludeNetwork: true });
  const report: unknown = process.report.getReport();
  const modules =
    typeof report === 'object' && report && 'sharedObjects' in report ? report.sharedObjects : [];
  return Array.isArray(modules) ? modules.filter((path) => typeof path === 'string') : [];
}
