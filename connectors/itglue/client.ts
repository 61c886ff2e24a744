import type { JsonClient } from '../shared/jsonClient';
import { listSchema, oneSchema } from './map';

/** The requests that we make to IT Glue, in one region. */
export type ItGlueClient = ReturnType<typeof createItGlueClient>;

export function createItGlueClient(json: JsonClient, baseUrl: string) {
  const list = (query: Record<string, string | number>, signal?: AbortSignal) => {
    const url = new URL(`${baseUrl}/organizations`);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    return json.read(url, listSchema, signal);
  };
  return {
    list: (page: number, size: number, signal?: AbortSignal) =>
      list({ 'page[number]': page, 'page[size]': size, sort: 'id' }, signal),
    async one(id: string) {
      const url = new URL(`${baseUrl}/organizations/${encodeURIComponent(id)}`);
      return (await json.find(url, oneSchema))?.data;
    },
    /** Organizations whose names contain this text, or the longest part of it without a comma. */
    named: (text: string, size: number) =>
      list({ 'filter[name]': spellingsOf(text).join(','), 'page[size]': size }),
  };
}

/**
 * IT Glue does not document whether its filter distinguishes capital letters from small ones, so we ask for
 * the usual spellings.
 */
function spellingsOf(text: string): string[] {
  const part = longestPart(text);
  const small = part.toLowerCase();
  const titled = small.replace(/(?<![\p{L}\p{N}])\p{L}/gu, (letter) => letter.toUpperCase());
  return [...new Set([part, small, titled, part.toUpperCase()])];
}

/**
 * Commas separate the values of a filter, so the search takes the longest part of a name between two commas.
 */
const longestPart = (text: string): string =>
  text
    .split(',')
    .reduce((longest, part) => (part.trim().length > longest.length ? part.trim() : longest), '');
