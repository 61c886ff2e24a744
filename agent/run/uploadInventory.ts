import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import type { DirectoryUser } from '../../domain/agentProtocol/directoryUser';
import { LIMITS, PROTOCOL } from '../../domain/agentProtocol/protocol';
import type { BotClient } from '../bot/botClient';
import type { UnreadUsers } from '../directory/unreadUsers';
import type { Directory, UnreadUser } from '../ports';
import { type Persistence, persistently } from './persistently';

export interface InventoryDeps extends Persistence {
  client: BotClient;
  openDirectory(): Promise<Directory>;
  unread: UnreadUsers;
}

/**
 * Far below what the bot accepts and unpacks. A page is packed in some milliseconds and leaves no large
 * gaps in memory.
 */
const PAGE_BYTES = 256 * 1024;
/** At the end the bot names the pages that it lacks. After this many rounds the agent gives up. */
const ROUNDS = 3;

/**
 * Sends all users to the bot in compressed pages, and returns their number. Throws DirectoryFault, or the
 * reason of an aborted signal.
 */
export async function uploadInventory(deps: InventoryDeps, signal: AbortSignal): Promise<number> {
  const directory = await deps.openDirectory();
  const snapshot = randomUUID();
  const sent: Buffer[] = [];
  let users = 0;
  let missing: number[] = [];
  const send = (page: Buffer) =>
    persistently('inventory', () => deps.client.sendInventoryPage(page, signal), deps, signal);
  try {
    for await (const { page, last } of withLast(pagesOf(directory, deps.unread))) {
      const number = sent.length + 1;
      const body = { protocol: PROTOCOL, snapshot, page: number, last, ...page };
      const packed = gzipSync(JSON.stringify(body));
      sent.push(packed);
      users += page.users.length;
      ({ missing } = await send(packed));
    }
  } finally {
    await directory.close();
  }
  for (let round = 0; round < ROUNDS && missing.length > 0; round++)
    for (const number of missing) {
      const page = sent[number - 1];
      if (page) ({ missing } = await send(page));
    }
  return users;
}

interface Page {
  users: DirectoryUser[];
  /**
   * Users that the agent cannot read stay known to the bot. While one of them has no name, the bot forgets
   * nobody.
   */
  unread: { objectGuids: string[]; others: number };
}
const emptyPage = (): Page => ({ users: [], unread: { objectGuids: [], others: 0 } });

/** Each page holds at most so many users and so many bytes. */
async function* pagesOf(directory: Directory, unreadUsers: UnreadUsers): AsyncGenerator<Page> {
  const reading = unreadUsers.reading(true);
  let page = emptyPage();
  let bytes = 0;
  const onUnread = (user: UnreadUser) => {
    reading.unread(user);
    const { objectGuids } = page.unread;
    if (user.objectGuid && objectGuids.length < LIMITS.usersInPage) objectGuids.push(user.objectGuid);
    else page.unread.others += 1;
  };
  for await (const seen of directory.usersSince(0n, onUnread)) {
    reading.read(seen);
    for (const { user } of seen) {
      const size = Buffer.byteLength(JSON.stringify(user));
      const isFull = page.users.length === LIMITS.usersInPage || bytes + size > PAGE_BYTES;
      if (page.users.length > 0 && isFull) {
        yield page;
        page = emptyPage();
        bytes = 0;
      }
      page.users.push(user);
      bytes += size;
    }
  }
  reading.end();
  yield page;
}

/** Tells of each page whether it is the last. */
async function* withLast(pages: AsyncIterable<Page>) {
  let held: Page | undefined;
  for await (const page of pages) {
    if (held) yield { page: held, last: false };
    held = page;
  }
  if (held) yield { page: held, last: true };
}
