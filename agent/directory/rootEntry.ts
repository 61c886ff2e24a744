import type { Client, Entry } from 'ldapts';
import { DirectoryFault } from '../ports';

/** What everybody may read about a domain controller. */
export interface RootEntry {
  highestCommittedUSN: string;
  dsServiceName: string;
  dnsHostName: string;
  defaultNamingContext: string;
  /** The domain controller's own clock. */
  currentTime: number;
}

const NAMES = ['highestCommittedUSN', 'dsServiceName', 'dnsHostName', 'defaultNamingContext', 'currentTime'];

/** Throws DirectoryFault when a part of it is missing. */
export async function readRoot(client: Client): Promise<RootEntry> {
  const entry = await readEntry(client, '', NAMES);
  const text = (name: string) => {
    const value = entry?.[name];
    if (typeof value !== 'string') throw unreadable(name);
    return value;
  };
  const currentTime = timeOfText(text('currentTime'));
  if (currentTime === undefined) throw unreadable('currentTime');
  return {
    highestCommittedUSN: text('highestCommittedUSN'),
    dsServiceName: text('dsServiceName'),
    dnsHostName: text('dnsHostName'),
    defaultNamingContext: text('defaultNamingContext'),
    currentTime,
  };
}

/** Throws DirectoryFault when it is missing. */
export async function readHighestUsn(client: Client): Promise<bigint> {
  const value = (await readEntry(client, '', ['highestCommittedUSN']))?.highestCommittedUSN;
  if (typeof value !== 'string' || !/^\d{1,20}$/.test(value)) throw unreadable('highestCommittedUSN');
  return BigInt(value);
}

/** `binary`: the attributes whose values are bytes. */
export async function readEntry(
  client: Client,
  dn: string,
  attributes: string[],
  binary: string[] = [],
): Promise<Entry | undefined> {
  const options = { scope: 'base', attributes, explicitBufferAttributes: binary } as const;
  return (await client.search(dn, options)).searchEntries[0];
}

export const unreadable = (what: string) =>
  new DirectoryFault(
    'refused',
    `The service account cannot read ${what}. Check that it is a member of Domain Users.`,
  );

/** 20261129001000.0Z, always in UTC. */
function timeOfText(text: string): number | undefined {
  const parts = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/.exec(text)?.slice(1).map(Number);
  if (!parts) return undefined;
  const [year = 0, month = 0, day, hour, minute, second] = parts;
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
