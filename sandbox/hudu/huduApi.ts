import { json, type SandboxRequest, type SandboxResponse } from '../microsoft/http';
import type { SandboxOrganization } from '../organizations/organization';
import { organizationPage } from '../organizations/organizationPage';
import { countOf, rowsOf } from '../organizations/paging';
import { type KeyRights, pageWasRead, type VendorWorld } from '../organizations/vendorWorld';
import { company, slugOf } from './company';

export interface HuduKey {
  key: string;
  rights: KeyRights;
}

/** How the installation answers where Hudu's documentation leaves that open, and its version. */
export interface HuduSpeech {
  version: string;
  /** The release date of that version. */
  date: string;
  /** Whether archived companies are in the list. */
  listsArchived: boolean;
  /** A larger `page_size` is silently cut to this. */
  largestPage: number;
}

export const HUDU_SPEECH: HuduSpeech = {
  version: '2.44.0',
  date: '2026-07-14',
  listsArchived: false,
  largestPage: 1000,
};

export interface HuduWorld extends VendorWorld {
  keys: readonly HuduKey[];
  speech: HuduSpeech;
  /** Known once the listener is running. */
  url: string;
}

const TEXTS: Record<number, string> = {
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  422: 'Unprocessable Entity',
  500: 'Internal Server Error',
  502: 'Bad Gateway',
  503: 'Service Unavailable',
  504: 'Gateway Timeout',
};

/** A refusal. The one for too many requests comes from a server before Hudu, as plain text. */
export const huduError = (status: number, headers: Record<string, string> = {}): SandboxResponse =>
  status === 429
    ? { status, headers: { 'content-type': 'text/plain', ...headers }, body: 'Retry later\n' }
    : json(status, { status, error: TEXTS[status] ?? 'Error' }, headers);

export function huduApi(world: HuduWorld, request: SandboxRequest): SandboxResponse {
  const { path, method } = request;
  if (path.startsWith('/c/') && method === 'GET') {
    const slug = path.slice('/c/'.length);
    return organizationPage(
      'Hudu',
      world.list.all().find((one) => slugOf(one) === slug),
    );
  }
  if (!path.startsWith('/api/v1/')) return huduError(404);
  const key = world.keys.find((one) => one.key === request.headers['x-api-key']);
  if (!key || key.rights === 'revoked') return huduError(401);
  if (!world.limit.allows(key.key)) return huduError(429);
  return method === 'GET' ? route(world, request, key) : huduError(404);
}

function route(world: HuduWorld, { path, query }: SandboxRequest, { rights }: HuduKey): SandboxResponse {
  const resource = path.slice('/api/v1'.length);
  const { version, date } = world.speech;
  if (resource === '/api_info') return json(200, { version, date });
  const [, id] = /^\/companies(?:\/([^/]+))?$/.exec(resource) ?? [];
  if (!resource.startsWith('/companies')) return huduError(404);
  if (rights === 'noOrganizations') return huduError(403);
  if (resource === '/companies') return companies(world, query);
  const found = id === undefined ? undefined : world.list.find(id);
  return found ? json(200, { company: company(found, world.url) }) : huduError(404);
}

function companies(world: HuduWorld, query: URLSearchParams): SandboxResponse {
  const number = countOf(query.get('page'), 1);
  const asked = countOf(query.get('page_size'), 25);
  if (!number || !asked) return huduError(422);
  const { listsArchived, largestPage } = world.speech;
  const visible = world.list.all().filter((one) => (listsArchived || !one.archived) && fits(one, query));
  const page = { number, size: Math.min(asked, largestPage) };
  const rows = rowsOf(visible, page, world.endless === 'emptyNext' ? undefined : world.endless);
  const answer = json(200, { companies: rows.map((one) => company(one, world.url)) });
  pageWasRead(world, number);
  return answer;
}

const EXACT: Record<string, (one: SandboxOrganization) => string | null> = {
  name: ({ name }) => name,
  city: ({ city }) => city,
  website: ({ website }) => website,
  slug: slugOf,
};

/** An unknown parameter changes nothing. */
function fits(one: SandboxOrganization, query: URLSearchParams): boolean {
  const search = (query.get('search') ?? '').toLowerCase();
  return (
    Object.entries(EXACT).every(([parameter, field]) => {
      const wanted = query.get(parameter);
      return !wanted || field(one) === wanted;
    }) &&
    (search === '' || `${one.name}\n${one.city}`.toLowerCase().includes(search)) &&
    updatedWithin(one, query.get('updated_at'))
  );
}

/** `from,until`, either of which may be empty, or one exact moment. */
function updatedWithin({ updatedAt }: SandboxOrganization, range: string | null): boolean {
  if (!range) return true;
  const at = Date.parse(updatedAt);
  const [from = '', until = from] = range.split(',');
  return (from === '' || at >= Date.parse(from)) && (until === '' || at <= Date.parse(until));
}
