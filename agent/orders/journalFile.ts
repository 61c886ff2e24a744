import { join } from 'node:path';
import { z } from 'zod';
import { commandReport } from '../../domain/agentProtocol/messages';
import { jsonOf } from '../../domain/agentProtocol/readJson';
import { makePrivateFolder, readIfThere, replaceFile } from '../files';

const entry = z.object({
  /** As the bot reads it: a report that the bot refuses would hold up all others. */
  id: commandReport.shape.id,
  verb: z.string(),
  expiresAt: z.number(),
  /** The report; absent: the order has begun and not ended. */
  report: commandReport.optional(),
  /** The bot has the report. */
  told: z.boolean(),
});
export type JournalEntry = z.output<typeof entry>;

const journal = z.object({
  entries: z.array(entry),
  /** When the agent found an earlier file unreadable, by the bot's clock. */
  lostAt: z.number().optional(),
});
export type KeptJournal = z.output<typeof journal>;

const fileIn = (folder: string) => join(folder, 'journal.json');

/** Throws when the file is there but cannot be read. */
export async function readJournal(folder: string): Promise<KeptJournal> {
  const bytes = await readIfThere(fileIn(folder));
  return bytes ? journal.parse(jsonOf(bytes.toString('utf8'))) : { entries: [] };
}

export async function writeJournal(folder: string, kept: KeptJournal): Promise<void> {
  await makePrivateFolder(folder);
  await replaceFile(fileIn(folder), JSON.stringify(kept));
}
