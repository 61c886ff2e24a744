import { type FileHandle, open } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { guid } from '../../domain/agentProtocol/directoryUser';
import { jsonOf } from '../../domain/agentProtocol/readJson';
import { isMissing, makePrivateFolder, replaceFile, syncFolder } from '../files';
import { createKnownPasswords, type KnownPasswords } from './knownPasswords';
import type { KnownPassword } from './passwordChange';

/** How far the agent has read the changes of a domain controller. */
export interface UsnMark {
  domainController: string;
  invocationId: string;
  usn: bigint;
}

/**
 * What the last look found. Of an account it holds only when and how often the password was set. It is a
 * file of lines, and lines are only added: `[objectGUID, pwdLastSet, version, changedAt]` for an account,
 * `{"dc","id","usn"}` for a mark. After a kill the end of the file is missing, so it is what an earlier
 * look found: the agent sees those changes again and tells them again with the same identity.
 */
export interface Memory {
  /** Undefined: the agent has not yet read everything once. */
  mark(): UsnMark | undefined;
  known(objectGuid: string): KnownPassword | undefined;
  /** Resolves when it is on the disk. */
  remember(accounts: [objectGuid: string, password: KnownPassword][]): Promise<void>;
  /**
   * Call it after all accounts up to the mark were remembered. With `only`, it forgets every other account.
   */
  arrive(mark: UsnMark, only?: ReadonlySet<string>): Promise<void>;
  close(): Promise<void>;
}

const FILE = 'memory.jsonl';
/**
 * A mark alone is written only after this many changes: reading a little again does no harm, but writing at
 * every look would.
 */
const USN_STEP = 1000n;
/** How many outdated lines the file may have before it is written anew. */
const SPARE_LINES = 20_000;

const accountLine = z.tuple([
  guid,
  z.string().regex(/^\d{1,19}$/),
  z.number().nullable(),
  z.number().nullable(),
]);
const markLine = z.object({ dc: z.string(), id: z.string(), usn: z.string().regex(/^\d{1,20}$/) });

interface Content {
  accounts: KnownPasswords;
  mark?: UsnMark;
  lines: number;
}

/**
 * Every domain has an administrator and krbtgt. An account that found fewer users was shown next to nothing
 * and has not read everything.
 */
const FEWEST = 2;

/** Opens or begins the memory in `folder`, which only its owner can enter. */
export async function openMemory(folder: string): Promise<Memory> {
  await makePrivateFolder(folder);
  const path = join(folder, FILE);
  const content = await readContent(path);
  const { accounts } = content;
  if (accounts.size < FEWEST) content.mark = undefined;
  let written = content.mark;
  let file: FileHandle | undefined;
  const append = async (lines: string[]) => {
    file ??= await openForMore(path);
    await file.appendFile(lines.join(''));
    await file.datasync();
    content.lines += lines.length;
  };
  const rewrite = async () => {
    await file?.close();
    file = undefined;
    await replaceFile(path, textOf(content));
    content.lines = accounts.size;
  };
  return {
    mark: () => content.mark,
    known: (objectGuid) => accounts.get(objectGuid),
    async remember(fresh) {
      if (fresh.length === 0) return;
      await append(fresh.map(([objectGuid, password]) => lineOf(objectGuid, password)));
      for (const [objectGuid, password] of fresh) accounts.set(objectGuid, password);
      written = undefined;
    },
    async arrive(mark, only) {
      if (only) accounts.keepOnly(only);
      content.mark = mark;
      if (!only && written && !isFar(written, mark)) return;
      if (only || content.lines > accounts.size + SPARE_LINES) await rewrite();
      else await append([lineOfMark(mark)]);
      written = mark;
    },
    async close() {
      await file?.close();
      file = undefined;
    },
  };
}

const isFar = (from: UsnMark, to: UsnMark) =>
  from.invocationId !== to.invocationId ||
  from.domainController !== to.domainController ||
  to.usn - from.usn >= USN_STEP;

/** Ends a line that a kill cut off, so that the next line stands on its own. */
async function openForMore(path: string): Promise<FileHandle> {
  const file = await open(path, 'a', 0o600);
  await file.appendFile('\n');
  await syncFolder(dirname(path));
  return file;
}

/**
 * Leaves out lines that are cut off or damaged. It reads one line at a time, so that it never holds 50,000
 * accounts twice.
 */
async function readContent(path: string): Promise<Content> {
  const content: Content = { accounts: createKnownPasswords(), lines: 0 };
  try {
    const file = await open(path);
    for await (const line of file.readLines()) take(jsonOf(line), content);
  } catch (error) {
    if (!isMissing(error)) throw error;
  }
  return content;
}

function take(value: unknown, content: Content): void {
  content.lines += 1;
  if (Array.isArray(value)) {
    const account = accountLine.safeParse(value);
    if (account.success) content.accounts.set(...passwordOf(account.data));
    return;
  }
  const mark = markLine.safeParse(value);
  if (mark.success) content.mark = markOf(mark.data);
}

function passwordOf([objectGuid, pwdLastSet, version, changedAt]: z.output<typeof accountLine>) {
  const metadata = { ...(version !== null && { version }), ...(changedAt !== null && { changedAt }) };
  return [objectGuid, { pwdLastSet, ...metadata }] satisfies [string, KnownPassword];
}

const markOf = ({ dc, id, usn }: z.output<typeof markLine>): UsnMark => ({
  domainController: dc,
  invocationId: id,
  usn: BigInt(usn),
});

const lineOf = (objectGuid: string, { pwdLastSet, version, changedAt }: KnownPassword) =>
  `${JSON.stringify([objectGuid, pwdLastSet, version ?? null, changedAt ?? null])}\n`;

const lineOfMark = ({ domainController, invocationId, usn }: UsnMark) =>
  `${JSON.stringify({ dc: domainController, id: invocationId, usn: `${usn}` })}\n`;

/** The mark comes last: without it nothing counts as read. */
function textOf({ accounts, mark }: Content): string {
  const lines = Array.from(accounts.entries(), ([objectGuid, password]) => lineOf(objectGuid, password));
  return [...lines, ...(mark ? [lineOfMark(mark)] : [])].join('');
}
