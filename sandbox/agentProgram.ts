import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { projectRoot } from './projectRoot';

const EXE = 'keyturn-agent.exe';

/**
 * The folder with the agent's program from `npm run agent:build`. Without one, `folder` with a substitute
 * file, so that a machine that never built the program can still show the install command.
 */
export function agentProgramIn(folder: string): string {
  const built = join(projectRoot(), 'build/agent');
  if (existsSync(join(built, `${EXE}.sha256`))) return built;
  const bytes = 'In place of the agent’s program: npm run agent:build makes it.\n';
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, EXE), bytes);
  writeFileSync(
    join(folder, `${EXE}.sha256`),
    `${createHash('sha256').update(bytes).digest('hex')}  ${EXE}\n`,
  );
  return folder;
}
