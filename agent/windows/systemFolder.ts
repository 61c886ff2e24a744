import { type ParsedPath, win32 } from 'node:path';

/** Where nearly every Windows has it. */
const USUAL = 'C:\\Windows\\System32';

/**
 * The folder of Windows' own programs. The environment would say it, too, but a program that can set a person's
 * variables would then choose which powershell.exe that person's elevated programs start. So the loader is
 * asked where it took ntdll.dll from, which is in every process.
 */
export const systemFolder = (): string => systemFolderIn(loadedModules()) ?? USUAL;

export const systemFolderIn = (modules: readonly string[]): string | undefined =>
  modules.map((path) => win32.parse(path)).find(isNtdll)?.dir;

const isNtdll = ({ dir, base }: ParsedPath) =>
  base.toLowerCase() === 'ntdll.dll' && /^[a-z]:\\[^\\]/i.test(dir);

function loadedModules(): string[] {
  // Or the names of all peers would be looked up for the report; a Node that does not know this does so.
  Object.assign(process.report, { excludeNetwork: true });
  const report: unknown = process.report.getReport();
  const modules =
    typeof report === 'object' && report && 'sharedObjects' in report ? report.sharedObjects : [];
  return Array.isArray(modules) ? modules.filter((path) => typeof path === 'string') : [];
}
