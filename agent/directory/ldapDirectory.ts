import type { Entry } from 'ldapts';
import type { AgentLog, Directory, DirectoryState, SeenUser, UnreadUser } from '../ports';
import { guidOf } from './binaryIds';
import type { LdapSettings } from './ldapConnection';
import { ldapFault } from './ldapFault';
import { isOver, openSession, type Session, usersFrom } from './openSession';
import { type RootEntry, readEntry, readHighestUsn, readRoot, unreadable } from './rootEntry';
import { searchPages } from './searchPages';
import { BINARY_ATTRIBUTES, objectGuidOf, seenUserOf, USER_ATTRIBUTES } from './seenUser';

const PAGE = 500;

/**
 * Connects at the first question, and again when the connection is lost or an hour old. It asks one
 * question at a time.
 */
export function createLdapDirectory(settings: LdapSettings, log: AgentLog): Directory {
  const host = new URL(settings.url).hostname;
  let held: Session | undefined;
  const session = async () => {
    if (!held?.client.isConnected) held = await openSession(settings);
    return held;
  };
  const leave = async () => {
    const open = held;
    held = undefined;
    await open?.client.unbind();
  };
  const failed = (error: unknown) => {
    leave().catch((cause) => log.warn({ err: cause }, 'a connection did not end well'));
    return ldapFault(error, host);
  };
  return {
    async state() {
      try {
        const root = await readRoot((await session()).client);
        if (held && isOver(held, root)) await leave();
        return await stateOf(await session(), root);
      } catch (error) {
        throw failed(error);
      }
    },
    async highestUsn() {
      try {
        return await readHighestUsn((await session()).client);
      } catch (error) {
        throw failed(error);
      }
    },
    async *usersSince(usn, unread) {
      try {
        yield* usersOf(await session(), usn, unread);
      } catch (error) {
        throw failed(error);
      }
    },
    close: leave,
  };
}

async function stateOf({ client }: Session, root: RootEntry): Promise<DirectoryState> {
  const settings = await readEntry(client, root.dsServiceName, ['invocationId'], ['invocationId']);
  const invocationId = settings?.invocationId;
  if (!Buffer.isBuffer(invocationId)) throw unreadable('the domain controller’s invocationId');
  return {
    domain: domainOf(root.defaultNamingContext),
    domainController: root.dnsHostName.toLowerCase(),
    invocationId: guidOf(invocationId),
    highestUsn: BigInt(root.highestCommittedUSN),
    now: root.currentTime,
  };
}

async function* usersOf(
  { client, privileged, base }: Session,
  usn: bigint,
  unread: (user: UnreadUser) => void = () => undefined,
): AsyncGenerator<SeenUser[]> {
  const pages = searchPages(client, base, {
    filter: `(&${usersFrom(usn)})`,
    attributes: USER_ATTRIBUTES,
    binary: BINARY_ATTRIBUTES,
    pageSize: PAGE,
  });
  for await (const entries of pages) {
    const users = entries.flatMap((entry) => {
      const seen = seenUserOf(entry, privileged);
      if (!seen) unread(unreadUserOf(entry));
      return seen ?? [];
    });
    if (users.length > 0) yield users;
  }
}

function unreadUserOf(entry: Entry): UnreadUser {
  const objectGuid = objectGuidOf(entry);
  return { ...(objectGuid && { objectGuid }), name: entry.dn };
}

/** DC=contoso,DC=test -> contoso.test */
const domainOf = (context: string) =>
  context
    .split(',')
    .map((part) => part.replace(/^dc=/i, ''))
    .join('.')
    .toLowerCase();
