import { z } from 'zod';
import { MicrosoftRefused } from '../../domain/tenants/refusals/microsoftRefused';
import { type Graph, read } from './graphClient';

/** A collection that goes on beyond any of these is not read to its end. */
const MOST_PAGES = 50;
const MOST_ENTRIES = 5_000;
const LONGEST_MS = 60_000;

export interface ReadEntries<T> {
  entries: T[];
  /** False when the collection went on: then what is not among the entries may still be there. */
  whole: boolean;
}

interface Bounds {
  /** Default: all that one reading may have. */
  most?: number;
  now?: () => number;
}

/**
 * Reads a collection page after page, by Microsoft's opaque links, which may come with empty pages, too. It
 * ends where the collection ends, at our bounds, and where a link comes again or leads to another place than
 * the first page. Throws MicrosoftRefused.
 */
export async function readPages<S extends z.ZodType>(
  graph: Graph,
  path: string,
  item: S,
  { most = MOST_ENTRIES, now = () => performance.now() }: Bounds = {},
): Promise<ReadEntries<z.output<S>>> {
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
 * The same, for what nothing may be concluded from a part. Throws MicrosoftRefused 'endless' for a reading
 * that was not whole.
 */
export async function readWhole<S extends z.ZodType>(
  ...asked: Parameters<typeof readPages<S>>
): Promise<z.output<S>[]> {
  const { entries, whole } = await readPages(...asked);
  if (!whole) throw new MicrosoftRefused('endless');
  return entries;
}

/** A link that leads elsewhere would be given to a stranger, and the answer taken from one. */
function isBelow(link: string, graphUrl: string): boolean {
  if (!URL.canParse(link)) return false;
  const [url, home] = [new URL(link), new URL(graphUrl)];
  return url.origin === home.origin && url.pathname.startsWith(`${home.pathname.replace(/\/$/, '')}/`);
}
