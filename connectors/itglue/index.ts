import { IT_GLUE_REGIONS } from '../../domain/integrations/integration';
import type { ItGlueRegion } from '../../domain/integrations/parseAddress';
import { type OrganizationSource, SourceRefused } from '../../domain/organizations/ports';
import { bestMatches } from '../shared/bestMatches';
import type { JsonClient } from '../shared/jsonClient';
import { cursorOf, tokenAfter } from '../shared/pageCursor';
import { foundIn, isId, readRows } from '../shared/rows';
import { createItGlueClient, type ItGlueClient } from './client';
import { nextPageOf, organizationRows } from './map';
import type { ItGlueUrls } from './settings';

/** The best matches are chosen from this many candidates; further ones are not looked at. */
const CANDIDATES = 100;

/** An account at IT Glue, read-only. */
export function createItGlueSource(
  json: JsonClient,
  region: ItGlueRegion,
  urls: ItGlueUrls,
): OrganizationSource {
  const at = (other: ItGlueRegion) => createItGlueClient(json, urls[other]);
  const client = at(region);
  return {
    test: (signal) => tested(region, at, signal),
    async page(token, signal) {
      const cursor = cursorOf(token);
      const { data, meta } = await client.list(cursor.page, cursor.size, signal);
      const { ids, ...rows } = readRows(data, cursor.page, organizationRows);
      const next = tokenAfter(cursor, ids, nextPageOf(meta, cursor.page, data.length));
      const { 'total-pages': totalPages, 'total-count': total } = meta;
      return {
        ...rows,
        ...(next && { next }),
        ...(totalPages !== undefined && { totalPages }),
        ...(total !== undefined && { total }),
      };
    },
    one: async (id) => (isId(id) ? client.one(id) : undefined),
    async search(text, limit) {
      if (!/[^\s,]/.test(text)) return [];
      const { data } = await client.named(text.trim(), CANDIDATES);
      return bestMatches(text, foundIn(data, organizationRows), limit);
    },
  };
}

/**
 * Tests the key. When this region does not know it, one cheap request to each other region finds out whether
 * that one does.
 */
async function tested(
  region: ItGlueRegion,
  at: (region: ItGlueRegion) => ItGlueClient,
  signal?: AbortSignal,
): Promise<string> {
  try {
    const { data, meta } = await at(region).list(1, 1, signal);
    foundIn(data, organizationRows);
    return foundWords(meta['total-count'], data.length);
  } catch (error) {
    const unknownHere = error instanceof SourceRefused && /^(badKey|noRight)$/.test(error.refusal);
    const other = unknownHere ? await regionThatKnows(region, at, signal) : undefined;
    throw other ? new SourceRefused('wrongRegion', other) : error;
  }
}

async function regionThatKnows(
  region: ItGlueRegion,
  at: (region: ItGlueRegion) => ItGlueClient,
  signal?: AbortSignal,
): Promise<ItGlueRegion | undefined> {
  for (const other of IT_GLUE_REGIONS.filter((name) => name !== region)) {
    try {
      await at(other).list(1, 1, signal);
      return other;
    } catch (error) {
      if (!(error instanceof SourceRefused)) throw error;
    }
  }
  return undefined;
}

function foundWords(total: number | undefined, rows: number): string {
  if (total === undefined) return rows > 0 ? 'organizations can be read' : 'no organizations yet';
  return total === 1
    ? '1 organization can be read'
    : `${total.toLocaleString('en-US')} organizations can be read`;
}
