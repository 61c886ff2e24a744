import { z } from 'zod';
import { MicrosoftRefused } from '../../domain/tenants/refusals/microsoftRefused';
import { type Graph, read } from './graphClient';

/** Reading stops at each of these limits, even when the collection goes on. */
const MOST_PAGES = 50;
const MOST_ENTRIES = 5_000;
const LONGEST_MS = 60_000;

interface Bounds {
  /** The most entries to read. Default: as many as one reading may have. */
  most?: number;
  now?: () => number;
}

/**
 * Reads a collection page by page, following Microsoft's opaque links. Pages may be empty. Reading stops at
 * the end of the collection, at our limits, and at a link that comes again or leads away from Graph's
 * address. `whole` is false when the collection went on: an entry that was not read may then still exist.
 * Throws MicrosoftRefused.
 */
export async function readPages<S extends z.ZodType>(
  graph: Graph,
  path: string,
  item: S,
  { most = MOST_ENTRIES, now = () => performance.now() }: Bounds = {},
): Promise<{ entries: z.output<S>[]; whole: boolean }> {
  const page = z.object({ value: z.array(item), '@odata.nextLink': z.string().nullish() });
  const until = now() + LONGEST_MS;
  const entries: z.output<S>[] = [];
  const asked = new Set<string>();
  let next: string | null | undefined = path;
  while (next) {
    if (asked.size === MOST_PAGES || entries.length >= most || now() > until || asked.has(next))
      return { entries: entries.slice(0, most), whole: false };
    asked.add(next);
    const answer: z.output<typeof page> = await read(graph, next, page);
    entries.push(...answer.value);
    next = answer['@odata.nextLink'];
    if (next && !isBelow(next, graph.url)) return { entries, whole: false };
  }
  return { entries: entries.slice(0, most), whole: entries.length <= most };
}

/**
 * Reads a whole collection, for callers that must conclude nothing from a part. Throws MicrosoftRefused
 * 'endless' when the reading stopped early.
 */
export async function readWhole<S extends z.ZodType>(
  ...asked: Parameters<typeof readPages<S>>
): Promise<z.output<S>[]> {
  const { entries, whole } = await readPages(...asked);
  if (!whole) throw new MicrosoftRefused('endless');
  return entries;
}

/**
 * Following a link that leads elsewhere would give our token to a stranger and trust the stranger's answer.
 */
function isBelow(link: string, graphUrl: string): boolean {
  if (!URL.canParse(link)) return false;
  const [url, home] = [new URL(link), new URL(graphUrl)];
  return url.origin === home.origin && url.pathname.startsWith(`${home.pathname.replace(/\/$/, '')}/`);
}
