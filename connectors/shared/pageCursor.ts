import { z } from 'zod';
import { SourceRefused } from '../../domain/organizations/ports';

/** The largest page that both vendors are known to give. */
const PAGE_SIZE = 1000;
/** Far more rows and pages than any account has. */
const MOST_ROWS = 200_000;
const MOST_PAGES = 2_000;
/** A first page of exactly this size may have been cut by the server. */
const USUAL_CAPS = new Set([25, 50, 100, 200, 250, 500]);

/** Stands for a page without rows; there may be several. */
const NOTHING = '';

/** The position in a list of pages. As a token it survives a restart. */
export interface PageCursor {
  page: number;
  /** How many rows a full page has. */
  size: number;
  /** Identify the first page and the one before. When either comes again, the list goes in circles. */
  fingerprints: string[];
}

const tokenSchema = z.tuple([z.number().int().min(1), z.number().int().min(1), z.array(z.string()).max(2)]);

export function cursorOf(token: string | undefined): PageCursor {
  if (token === undefined) return { page: 1, size: PAGE_SIZE, fingerprints: [] };
  const [page, size, fingerprints] = tokenSchema.parse(JSON.parse(token));
  return { page, size, fingerprints };
}

/**
 * The token of the next page; undefined at the end. `stated` is the next page as the vendor states it: null
 * for none, undefined when it says nothing. In that case a page that is not full is the last one. The
 * vendor's statement counts for an empty page, too. Throws SourceRefused 'endless' for a page that comes
 * again, for a next page that is not higher, and for more pages than any account has.
 */
export function tokenAfter(cursor: PageCursor, rowIds: string[], stated?: number | null): string | undefined {
  if (rowIds.length === 0 && !stated) return undefined;
  const fingerprint = rowIds.length > 0 ? `${rowIds[0]}~${rowIds.at(-1)}~${rowIds.length}` : NOTHING;
  if (fingerprint !== NOTHING && cursor.fingerprints.includes(fingerprint))
    throw new SourceRefused('endless');
  const cut = cursor.page === 1 && USUAL_CAPS.has(rowIds.length);
  const size = cut ? rowIds.length : cursor.size;
  const next = stated === undefined ? (rowIds.length < size ? null : cursor.page + 1) : stated;
  if (next === null) return undefined;
  if (next <= cursor.page || next > Math.min(MOST_PAGES, MOST_ROWS / size))
    throw new SourceRefused('endless');
  const fingerprints = [cursor.fingerprints[0] ?? fingerprint, ...(cursor.page === 1 ? [] : [fingerprint])];
  return JSON.stringify([next, size, fingerprints]);
}
