import type { Client, Entry } from 'ldapts';
import { type AgentLog, type Directory, DirectoryFault, type DirectoryState, type SeenUser } from '../ports';
import { guidOf } from './binaryIds';
import { type LdapSettings, openLdapConnection } from './ldapConnection';
import { ldapFault } from './ldapFault';
import { BINARY_ATTRIBUTES, objectGuidOf, seenUserOf, USER_ATTRIBUTES } from './seenUser';

const PAGE = 500;
const ROOT = ['highestCommittedUSN', 'dsServiceName', 'dnsHostName', 'defaultNamingContext'];

/** People's accounts: no computers, no service accounts of groups (they are computers), no trusts (UF_INTERDOMAIN_TRUST_ACCOUNT). */
const usersFrom = (usn: bigint) =>
  '(&(objectCategory=person)(objectClass=user)(!(objectClass=computer))' +
  `(!(userAccountControl:1.2.840.113556.1.4.803:=2048))(uSNChanged>=${usn}))`;

/** Connects at the first question, and again after the connection was lost. One question at a time. */
export function createLdapDirectory(settings: LdapSettings, log: AgentLog): Directory {
  const host = new URL(settings.url).hostname;
  let held: Client | undefined;
  const client = async () => {
    if (!held?.isConnected) held = await openLdapConnection(settings);
    return held;
  };
  const failed = (error: unknown) => {
    const broken = held;
    held = undefined;
    broken?.unbind().catch((cause) => log.warn({ err: cause }, 'a connection did not end well'));
    return ldapFault(error, host);
  };
  return {
    async state() {
      try {
        return await stateOf(await client());
      } catch (error) {
        throw failed(error);
      }
    },
    async *usersSince(usn) {
      try {
        yield* usersOf(await client(), usn, log);
      } catch (error) {
        throw failed(error);
      }
    },
    async close() {
      const open = held;
      held = undefined;
      await open?.unbind();
    },
  };
}

async function stateOf(client: Client): Promise<DirectoryState> {
  const root = await rootOf(client);
  const [settings] = await read(client, root.dsServiceName, ['invocationId'], ['invocationId']);
  const invocationId = settings?.invocationId;
  if (!Buffer.isBuffer(invocationId)) throw unreadable('the domain controller’s invocationId');
  return {
    domain: domainOf(root.defaultNamingContext),
    domainController: root.dnsHostName.toLowerCase(),
    invocationId: guidOf(invocationId),
    highestUsn: BigInt(root.highestCommittedUSN),
  };
}

async function* usersOf(client: Client, usn: bigint, log: AgentLog): AsyncGenerator<SeenUser[]> {
  const { defaultNamingContext } = await rootOf(client);
  const pages = client.searchPaginated(defaultNamingContext, {
    scope: 'sub',
    filter: usersFrom(usn),
    attributes: USER_ATTRIBUTES,
    explicitBufferAttributes: BINARY_ATTRIBUTES,
    paged: { pageSize: PAGE },
  });
  for await (const { searchEntries } of pages) {
    const users = searchEntries.flatMap((entry) => seenUserOf(entry) ?? leftOut(entry, log));
    if (users.length > 0) yield users;
  }
}

function leftOut(entry: Entry, log: AgentLog): [] {
  log.warn({ objectGuid: objectGuidOf(entry) ?? 'unknown' }, 'a user could not be read and is left out');
  return [];
}

async function rootOf(client: Client) {
  const [entry] = await read(client, '', ROOT);
  const text = (name: string) => {
    const value = entry?.[name];
    if (typeof value !== 'string') throw unreadable(name);
    return value;
  };
  return {
    highestCommittedUSN: text('highestCommittedUSN'),
    dsServiceName: text('dsServiceName'),
    dnsHostName: text('dnsHostName'),
    defaultNamingContext: text('defaultNamingContext'),
  };
}

async function read(
  client: Client,
  dn: string,
  attributes: string[],
  binary: string[] = [],
): Promise<Entry[]> {
  const options = { scope: 'base', attributes, explicitBufferAttributes: binary } as const;
  return (await client.search(dn, options)).searchEntries;
}

const unreadable = (what: string) =>
  new DirectoryFault(
    'refused',
    `The service account cannot read ${what}. Check that it is a member of Domain Users.`,
  );

/** DC=contoso,DC=test -> contoso.test */
const domainOf = (context: string) =>
  context
    .split(',')
    .map((part) => part.replace(/^dc=/i, ''))
    .join('.')
    .toLowerCase();
