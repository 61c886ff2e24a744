import { type OrganizationSource, SourceRefused } from '../../domain/organizations/ports';
import { bestMatches } from '../shared/bestMatches';
import type { JsonClient } from '../shared/jsonClient';
import { cursorOf, tokenAfter } from '../shared/pageCursor';
import { foundIn, isId, readRows } from '../shared/rows';
import { createHuduClient, type HuduClient } from './client';
import { companyRows, isAtLeast } from './map';
import { OLDEST_HUDU } from './settings';

/** The best matches are chosen from this many candidates; further ones are not looked at. */
const CANDIDATES = 100;

/** An account at a Hudu, read-only. Hudu gives no totals: a page that is not full is the last one. */
export function createHuduSource(json: JsonClient, baseUrl: URL): OrganizationSource {
  const client = createHuduClient(json, baseUrl);
  const rows = companyRows(baseUrl);
  return {
    test: (signal) => tested(client, rows, signal),
    async page(token, signal) {
      const cursor = cursorOf(token);
      const { companies } = await client.list(cursor.page, cursor.size, signal);
      const { ids, ...read } = readRows(companies, cursor.page, rows);
      const next = tokenAfter(cursor, ids);
      return { ...read, ...(next && { next }) };
    },
    one: async (id) => (isId(id) ? client.one(id) : undefined),
    async search(text, limit) {
      if (!text.trim()) return [];
      const { companies } = await client.search(text.trim(), CANDIDATES);
      return bestMatches(text, foundIn(companies, rows), limit);
    },
  };
}

/**
 * Tests the connection. A Hudu that has companies and no page for its version is too old to have that page. A
 * Hudu that hides its version from this key is accepted.
 */
async function tested(
  client: HuduClient,
  rows: ReturnType<typeof companyRows>,
  signal?: AbortSignal,
): Promise<string> {
  const info = await client.info(signal);
  const version = info?.version;
  if (version && !isAtLeast(version, OLDEST_HUDU)) throw new SourceRefused('tooOld', version);
  const { companies } = await client.list(1, 1, signal);
  if (!info) throw new SourceRefused('tooOld');
  foundIn(companies, rows);
  const found = companies.length > 0 ? 'companies can be read' : 'no companies yet';
  return version ? `Hudu ${version}, ${found}` : found;
}
