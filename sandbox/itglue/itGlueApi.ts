import type { ItGlueRegion } from '../../domain/integrations/parseAddress';
import type { SandboxRequest, SandboxResponse } from '../microsoft/http';
import { organizationPage } from '../organizations/organizationPage';
import { countOf, rowsOf } from '../organizations/paging';
import { pageWasRead, type VendorWorld } from '../organizations/vendorWorld';
import { BadParameter, filtered, sorted } from './filters';
import type { ItGlueKey } from './itGlueKey';
import { itGlueError, jsonApi } from './jsonApi';
import { organizationResource, type Speech, STATUS_RESOURCES, TYPE_RESOURCES } from './organizationResource';

const MOST_ON_A_PAGE = 1000;

export interface ItGlueWorld extends VendorWorld {
  keys: readonly ItGlueKey[];
  speech: Speech;
}

/** One region: its address and the keys that it knows. */
export interface Region {
  name: ItGlueRegion;
  url(): string;
}

/** The answers of IT Glue in one region. */
export function itGlueApi(world: ItGlueWorld, region: Region, request: SandboxRequest): SandboxResponse {
  const { path, method } = request;
  const [, pageOf] = /^\/(\d+)$/.exec(path) ?? [];
  if (pageOf && method === 'GET') return organizationPage('IT Glue', world.list.find(pageOf));
  const key = world.keys.find(
    (one) => one.key === request.headers['x-api-key'] && one.region === region.name,
  );
  if (!key && world.speech.unknownKeys === 'gateway') return GATEWAY_REFUSAL;
  if (!key || key.rights === 'revoked') return itGlueError(401, { detail: 'The API key is not valid.' });
  if (!world.limit.allows(key.key)) return itGlueError(429);
  if (key.rights === 'noOrganizations') return itGlueError(403);
  if (method !== 'GET') return itGlueError(404);
  try {
    return route(world, region, request);
  } catch (error) {
    if (!(error instanceof BadParameter)) throw error;
    return itGlueError(422, { detail: error.message, parameter: error.parameter });
  }
}

const GATEWAY_REFUSAL: SandboxResponse = {
  status: 403,
  headers: { 'content-type': 'application/json' },
  body: '{"message":"Forbidden"}',
};

function route(world: ItGlueWorld, region: Region, { path, query }: SandboxRequest): SandboxResponse {
  if (path === '/organizations') return organizations(world, region, query);
  if (path === '/organization_statuses') return jsonApi(200, pageOf(STATUS_RESOURCES, query, world.speech));
  if (path === '/organization_types') return jsonApi(200, pageOf(TYPE_RESOURCES, query, world.speech));
  const [, id = ''] = /^\/organizations\/([^/]+)$/.exec(path) ?? [];
  const found = world.list.find(id);
  if (!found) return itGlueError(404, { detail: 'The organization does not exist.' });
  return jsonApi(200, { data: organizationResource(found, pageUrl(region, found.id), world.speech) });
}

const pageUrl = (region: Region, id: number): string => `${region.url()}/${id}`;

function organizations(world: ItGlueWorld, region: Region, query: URLSearchParams): SandboxResponse {
  const { speech, endless } = world;
  const page = pageAsked(query);
  const all = sorted(filtered(world.list.all(), query, speech), query.get('sort'));
  const data = rowsOf(all, page, endless).map((one) =>
    organizationResource(one, pageUrl(region, one.id), speech),
  );
  const meta = metaOf(page, all.length, speech);
  const answer = jsonApi(200, { data, meta: endless ? { ...meta, 'next-page': page.number + 1 } : meta });
  pageWasRead(world, page.number);
  return answer;
}

function pageAsked(query: URLSearchParams): { number: number; size: number } {
  const number = countOf(query.get('page[number]'), 1);
  const size = countOf(query.get('page[size]'), 50);
  if (!number) throw new BadParameter('page[number]');
  if (!size || size > MOST_ON_A_PAGE) throw new BadParameter('page[size]');
  return { number, size };
}

function pageOf(resources: unknown[], query: URLSearchParams, speech: Speech): unknown {
  const { number, size } = pageAsked(query);
  const data = resources.slice((number - 1) * size, number * size);
  return { data, meta: metaOf({ number, size }, resources.length, speech) };
}

function metaOf(
  { number, size }: { number: number; size: number },
  count: number,
  { totals }: Speech,
): Record<string, unknown> {
  const pages = Math.ceil(count / size);
  return {
    'current-page': number,
    'next-page': number < pages ? number + 1 : null,
    'prev-page': number > 1 ? number - 1 : null,
    ...(totals ? { 'total-pages': pages, 'total-count': count } : {}),
  };
}
