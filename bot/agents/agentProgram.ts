import { createReadStream } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import path from 'node:path';
import { z } from 'zod';
import type { AgentFile } from '../../api/agentDownload';
import type { AgentProgram } from '../../api/agentInstallPages';

const EXE = 'keyturn-agent.exe';
const sumSchema = z.string().regex(/^[0-9a-f]{64}\b/i);

/** The program that `npm run agent:build` left in a folder; undefined while it is missing or incomplete. */
export function createAgentProgram(folder: string) {
  const exe = path.join(folder, EXE);
  return {
    async program(): Promise<AgentProgram | undefined> {
      const sum = sumSchema.safeParse(await textOf(`${exe}.sha256`));
      if (!sum.success || !(await sizeOf(exe))) return undefined;
      return { sha256: sum.data.slice(0, 64).toLowerCase() };
    },
    async file(): Promise<AgentFile | undefined> {
      const bytes = await sizeOf(exe);
      return bytes ? { bytes, read: () => createReadStream(exe) } : undefined;
    },
  };
}

const missing = (error: unknown): undefined => {
  if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
  throw error;
};
const textOf = (file: string) => readFile(file, 'utf8').catch(missing);
const sizeOf = async (file: string) => (await stat(file).catch(missing))?.size;
