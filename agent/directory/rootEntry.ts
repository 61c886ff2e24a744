import type { Client, Entry } from 'ldapts';
import { z } from 'zod';
import { DirectoryFault } from '../ports';

/** 20261129001000.0Z, always in UTC. */
const TIME = /^(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:\.\d+)?Z$/;

const rootEntry = z.object({
  /** The domain controller's own clock. */
  currentTime: z.string().regex(TIME).transform(timeOf),
  highestCommittedUSN: z.string(),
  dsServiceName: z.string(),
  dnsHostName: z.string(),
  defaultNamingContext: z.string(),
});

/** What everybody may read about a domain controller. */
export type RootEntry = z.output<typeof rootEntry>;

/** Throws DirectoryFault when a part of it is missing. */
export async function readRoot(client: Client): Promise<RootEntry> {
  const entry = await readEntry(client, '', Object.keys(rootEntry.shape));
  const read = rootEntry.safeParse(entry ?? {});
  if (!read.success) throw unreadable(String(read.error.issues[0]?.path[0]));
  return read.data;
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

function timeOf(text: string): number {
  const [year = 0, month = 0, day, hour, minute, second] = TIME.exec(text)?.slice(1).map(Number) ?? [];
  return Date.UTC(year, month - 1, day, hour, minute, second);
}
