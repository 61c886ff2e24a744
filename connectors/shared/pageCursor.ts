import { z } from 'zod';
import { SourceRefused } from '../../domain/organizations/ports';

/** The largest page both vendors are known to give. */
const PAGE_SIZE = 1000;
/** Far more than any account holds. */
const MOST_ROWS = 200_000;
const MOST_PAGES = 2_000;
/** A first page of just this size may have been cut there by the server. */
const USUAL_CAPS = new Set([25, 50, 100, 200, 250, 500]);

/** Stands for a page without rows, of which there may be several. */
const NOTHING = '';

/** Where in a list we are; as a token it survives a restart. */
export interface PageCursor {
  page: number;
  /** How many rows a full page has. */
  size: number;
  /** Marks of the first page and of the one before: either of them again, and the list goes round. */
  fingerprints: string[];
}

const tokenSchema = z.tuple([z.number().int().min(1), z.number().int().min(1), z.array(z.string()).max(2)]);

export function cursorOf(token: string | undefined): PageCursor {
  if (token === undefined) return { page: 1, size: PAGE_SIZE, fingerprints: [] };
  const [page, size, fingerprints] = tokenSchema.parse(JSON.parse(token));
  return { page, size, fingerprints };
}

/**
 * The token of the next page; undefined at the end. `told` is what the vendor says the next page is, null for
 * none, undefined when it does not say: then a page that is not full is the last one. What it says counts for
 * an empty page, too. Throws SourceRefused 'endless' for a page that comes again, a next page that does not
 * grow, and more pages than any account has.
 */
export function tokenAfter(cursor: PageCursor, rowIds: string[], told?: number | null): string | undefined {
  if (rowIds.length === 0 && !told) return undefined;
  const fingerprint = rowIds.length > 0 ? `${rowIds[0]}~${rowIds.at(-1)}~${rowIds.length}` : NOTHING;
  if (fingerprint !== NOTHING && cursor.fingerprints.includes(fingerprint))
    throw new SourceRefused('endless');
  const cut = cursor.page === 1 && USUAL_CAPS.has(rowIds.length);
  const size = cut ? rowIds.length : cursor.size;
  const next = told === undefined ? (rowIds.length < size ? null : cursor.page + 1) : told;
  if (next === null) return undefined;
  if (next <= cursor.page || next > Math.min(MOST_PAGES, MOST_ROWS / size))
    throw new SourceRefused('endless');
  const fingerprints = [cursor.fingerprints[0] ?? fingerprint, ...(cursor.page === 1 ? [] : [fingerprint])];
  return JSON.stringify([next, size, fingerprints]);
}
