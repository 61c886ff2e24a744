import type { CliDeps } from '../cliDeps';
import { CliFault, EXIT } from '../cliFault';
import { installedVersion } from './prepareProgram';

/**
 * An earlier release is signed as well, and may have a fault that a later one corrects. So it replaces a
 * later one only when the administrator says so. Throws CliFault 'older'. An installed program that does
 * not tell its version blocks nothing.
 */
export async function refuseOlder(
  file: string,
  { version }: { version: string },
  deps: CliDeps,
): Promise<void> {
  const here = await installedVersion(deps);
  if (!here || !isOlder(version, here)) return;
  const sentence = `${file} is ${version}, here is ${here}; add --allow-older if that is wanted. Nothing was changed.`;
  throw new CliFault(EXIT.older, sentence);
}

const isOlder = (version: string, than: string): boolean =>
  version.localeCompare(than, 'en', { numeric: true }) < 0;
