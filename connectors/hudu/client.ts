import type { z } from 'zod';
import type { Organization } from '../../domain/organizations/organization';
import { SourceRefused } from '../../domain/organizations/ports';
import type { JsonClient } from '../shared/jsonClient';
import { infoSchema, listSchema, oneSchema } from './map';

export type HuduList = z.output<typeof listSchema>;

/** The requests that we make to a Hudu. */
export interface HuduClient {
  /**
   * Undefined when this Hudu has no such page; it may say so with a web page. Without a version when the key
   * may not see it.
   */
  info(signal?: AbortSignal): Promise<{ version?: string } | undefined>;
  list(page: number, size: number, signal?: AbortSignal): Promise<HuduList>;
  one(id: string): Promise<Organization | undefined>;
  search(text: string, size: number): Promise<HuduList>;
}

export function createHuduClient(json: JsonClient, baseUrl: URL): HuduClient {
  const api = (path: string, query: Record<string, string | number> = {}) => {
    const url = new URL(`/api/v1/${path}`, baseUrl);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    return url;
  };
  return {
    async info(signal) {
      try {
        return await json.find(api('api_info'), infoSchema, signal);
      } catch (error) {
        if (!(error instanceof SourceRefused)) throw error;
        if (error.refusal === 'noRight') return {};
        if (error.refusal === 'webPage' && error.detail === '404') return undefined;
        throw error;
      }
    },
    list: (page, size, signal) => json.read(api('companies', { page, page_size: size }), listSchema, signal),
    async one(id) {
      const url = api(`companies/${encodeURIComponent(id)}`);
      return (await json.find(url, oneSchema(baseUrl)))?.company;
    },
    search: (text, size) => json.read(api('companies', { search: text, page_size: size }), listSchema),
  };
}
