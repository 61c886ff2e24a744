import { mkdir } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';
import { commandReport } from '../../domain/agentProtocol/messages';
import { jsonOf } from '../../domain/agentProtocol/readJson';
import { readIfThere, replaceFile } from '../files';

const entry = z.object({
  id: z.string(),
  verb: z.string(),
  expiresAt: z.number(),
  /** What came of it; absent: it was begun and has not ended. */
  report: commandReport.optional(),
  /** The bot has the report. */
  told: z.boolean(),
});
export type JournalEntry = z.output<typeof entry>;

const journal = z.object({
  entries: z.array(entry),
  /** When it was seen that an earlier file could not be read, by the bot's clock. */
  lostAt: z.number().optional(),
});
export type KeptJournal = z.output<typeof journal>;

/** Throws when there is a file that cannot be read. */
export async function readJournal(path: string): Promise<KeptJournal> {
  const bytes = await readIfThere(path);
  return bytes ? journal.parse(jsonOf(bytes.toString('utf8'))) : { entries: [] };
}

export async function writeJournal(path: string, kept: KeptJournal): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await replaceFile(path, JSON.stringify(kept));
}
