import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { projectRoot } from '../../sandbox/projectRoot';

export interface Runtime {
  name: string;
  /** Absent when this machine cannot get it. */
  program?: string;
}

/** This Node, and the one in the agent's executable: on Linux the same version, from the same package. */
export function agentRuntimes(): Runtime[] {
  const own = { name: `Node ${process.versions.node}`, program: process.execPath };
  const { version, program } = executables();
  return version === process.versions.node ? [own] : [own, { name: `Node ${version}`, program }];
}

function executables(): { version: string; program?: string } {
  const module = pathToFileURL(join(projectRoot(), 'scripts/agentRuntime.mjs')).href;
  const said = (code: string) =>
    execFileSync(
      process.execPath,
      ['--input-type=module', '--eval', `import * as runtime from '${module}'; console.log(${code})`],
      {
        cwd: projectRoot(),
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      },
    ).trim();
  const version = said('runtime.VERSION');
  try {
    return { version, program: said('runtime.fetchMaker()') };
  } catch {
    return { version };
  }
}
