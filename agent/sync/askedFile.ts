import { mkdir, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { readJsonFile, replaceFile } from '../files';
import type { AskedSync } from './askedSync';

const asked = z.object({
  resets: z.number().int().nonnegative(),
  commandIds: z.array(z.string()).max(1000),
  urgent: z.boolean().default(false),
  askedAt: z.number().int().nonnegative(),
});

/** Meanwhile Microsoft Entra Connect has done by itself what was requested so long ago. */
const TOO_OLD_MS = 30 * 60_000;

export type AskedFile = ReturnType<typeof openAskedFile>;

/** Keeps a requested delta sync on disk until it is served, so that a crash does not lose it. */
export const openAskedFile = (path: string) => ({
  /** Undefined: there is none, or it is too old or unreadable. */
  async read(now: number): Promise<AskedSync | undefined> {
    const kept = await readJsonFile(path, asked);
    return kept && Math.abs(now - kept.askedAt) <= TOO_OLD_MS ? kept : undefined;
  },
  async write(value: AskedSync | undefined) {
    if (!value) return rm(path, { force: true });
    await mkdir(dirname(path), { recursive: true });
    await replaceFile(path, JSON.stringify(value));
  },
});
