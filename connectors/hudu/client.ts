import { SourceRefused } from '../../domain/organizations/ports';
import type { JsonClient } from '../shared/jsonClient';
import { infoSchema, listSchema, oneSchema } from './map';

/** The requests that we make to a Hudu. */
export type HuduClient = ReturnType<typeof createHuduClient>;

export function createHuduClient(json: JsonClient, baseUrl: URL) {
  const api = (path: string, query: Record<string, string | number> = {}) => {
    const url = new URL(`/api/v1/${path}`, baseUrl);
    for (const [name, value] of Object.entries(query)) url.searchParams.set(name, String(value));
    return url;
  };
  return {
    /**
     * Undefined when this Hudu has no such page; it may say so with a web page. Without a version when the
     * key may not see it.
     */
    async info(signal?: AbortSignal): Promise<{ version?: string } | undefined> {
      try {
        return await json.find(api('api_info'), infoSchema, signal);
      } catch (error) {
        if (!(error instanceof SourceRefused)) throw error;
        if (error.refusal === 'noRight') return {};
        if (error.refusal === 'webPage' && error.detail === '404') return undefined;
        throw error;
      }
    },
    list: (page: number, size: number, signal?: AbortSignal) =>
      json.read(api('companies', { page, page_size: size }), listSchema, signal),
    async one(id: string) {
      const url = api(`companies/${encodeURIComponent(id)}`);
      return (await json.find(url, oneSchema(baseUrl)))?.company;
    },
    search: (text: string, size: number) =>
      json.read(api('companies', { search: text, page_size: size }), listSchema),
  };
}
