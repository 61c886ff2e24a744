import type { Clock } from '../ports';
import { type OrganizationPage, type OrganizationSource, SourceRefused } from './ports';

/** Far above what any account holds, and how long reading one may take. */
const MOST_PAGES = 2_000;
const MOST_ROWS = 200_000;
const LONGEST_MS = 20 * 60_000;

/**
 * Reads a vendor's list to its end, page after page, and only then resolves. Throws SourceRefused: 'endless'
 * for a list that repeats itself, or exceeds the limits of pages, rows and time.
 */
export async function readList(
  source: Pick<OrganizationSource, 'page'>,
  clock: Clock,
  each: (page: OrganizationPage) => void,
): Promise<void> {
  const until = clock.now() + LONGEST_MS;
  const tokens = new Set<string>();
  let rows = 0;
  for (let page = await source.page(undefined); ; page = await source.page(page.next)) {
    each(page);
    rows += page.organizations.length + page.bad.length;
    if (page.next === undefined) return;
    const over = tokens.size === MOST_PAGES || rows > MOST_ROWS || clock.now() > until;
    if (over || tokens.has(page.next)) throw new SourceRefused('endless');
    tokens.add(page.next);
  }
}
