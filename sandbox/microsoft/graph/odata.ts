import type { SandboxRequest } from '../http';
import { GRAPH_AUDIENCE } from '../world';
import { GraphRefused } from './graphError';

const KNOWN = ['$select', '$filter', '$top', '$count', '$skiptoken'];

type Entity = object;
type Predicate = (entity: Entity) => boolean;

const badRequest = (message: string) => new GraphRefused(400, 'Request_BadRequest', message);
const unsupported = (message: string) => new GraphRefused(400, 'Request_UnsupportedQuery', message);

/** Throws for query options that Graph or this stand-in does not know. */
export function checkOptions(query: URLSearchParams): void {
  if (query.has('$skip')) throw badRequest("'$skip' is not supported by the service.");
  const odd = [...query.keys()].find((name) => name.startsWith('$') && !KNOWN.includes(name));
  if (odd)
    throw badRequest(`The query specified in the URI is not valid: the sandbox does not know '${odd}'.`);
}

/** Whether the request sends both things that Graph demands for advanced queries. */
const isAdvanced = ({ query, headers }: SandboxRequest): boolean =>
  headers.consistencylevel === 'eventual' && query.get('$count') === 'true';

/**
 * `a eq b`, `a ne b`, joined by `and`. As in Graph, `ne` and comparing with null are advanced queries, which
 * are refused without `ConsistencyLevel: eventual` and `$count=true`.
 */
function readFilter(request: SandboxRequest): Predicate {
  const text = request.query.get('$filter');
  if (!text) return () => true;
  const clauses = text.split(/ and /i).map((clause) => readClause(clause.trim(), isAdvanced(request)));
  return (entity) => clauses.every((clause) => clause(entity));
}

function readClause(clause: string, advanced: boolean): Predicate {
  const [, property = '', operator, literal = ''] =
    /^(\w+) (eq|ne) ('(?:[^']|'')*'|true|false|null)$/.exec(clause) ?? [];
  if (!operator) throw badRequest(`Invalid filter clause: '${clause}'.`);
  const value = literal.startsWith("'") ? literal.slice(1, -1).replaceAll("''", "'") : JSON.parse(literal);
  if ((operator === 'ne' || value === null) && !advanced) {
    throw unsupported(
      'Unsupported Query. Advanced queries need the ConsistencyLevel: eventual header and $count=true.',
    );
  }
  return (entity) =>
    (Object.entries(entity).find(([name]) => name === property)?.[1] === value) === (operator === 'eq');
}

/**
 * The chosen properties, or `otherwise` where none are chosen. A property that the entity does not have is
 * left out.
 */
export function select(
  entity: Entity,
  query: URLSearchParams,
  otherwise?: readonly string[],
): Record<string, unknown> {
  const chosen =
    query
      .get('$select')
      ?.split(',')
      .map((name) => name.trim()) ?? otherwise;
  const entries = Object.entries(entity);
  return Object.fromEntries(
    chosen ? entries.filter(([name]) => name === 'id' || chosen.includes(name)) : entries,
  );
}

/** One page of a collection, with an opaque `@odata.nextLink` while there are more pages. */
export function pageOf(
  entities: readonly (Entity & { id?: string })[],
  context: { request: SandboxRequest; origin: string; name: string; defaults: readonly string[] },
): Record<string, unknown> {
  const { request, origin, name, defaults } = context;
  const found = entities.filter(readFilter(request));
  const start = readToken(request.query.get('$skiptoken'), found.length);
  const end = start + pageSize(request.query.get('$top'));
  const counted = isAdvanced(request) && start === 0;
  return {
    '@odata.context': `${GRAPH_AUDIENCE}/v1.0/$metadata#${name}`,
    ...(counted ? { '@odata.count': found.length } : {}),
    ...(end < found.length ? { '@odata.nextLink': nextLink(request, origin, end) } : {}),
    value: found.slice(start, end).map((entity) => select(entity, request.query, defaults)),
  };
}

/** The number of matching entities; Graph counts for advanced queries only. */
export function countOf(entities: readonly Entity[], request: SandboxRequest): number {
  if (request.headers.consistencylevel !== 'eventual') throw badRequest('$count is not currently supported.');
  return entities.filter(readFilter({ ...request, query: withCount(request.query) })).length;
}

const withCount = (query: URLSearchParams): URLSearchParams => {
  const counted = new URLSearchParams(query);
  counted.set('$count', 'true');
  return counted;
};

function pageSize(top: string | null): number {
  if (top === null) return 100;
  const size = Number(top);
  if (Number.isInteger(size) && size >= 1 && size <= 999) return size;
  throw badRequest(`Invalid page size specified: '${top}'. Must be between 1 and 999 inclusive.`);
}

function nextLink(request: SandboxRequest, origin: string, start: number): string {
  const query = new URLSearchParams(request.query);
  query.set('$skiptoken', Buffer.from(`RFNwdAI:${start}`).toString('base64url'));
  return `${origin}${request.path}?${query.toString().replaceAll('%24', '$')}`;
}

function readToken(token: string | null, length: number): number {
  if (token === null) return 0;
  const start = Number(/^RFNwdAI:(\d+)$/.exec(Buffer.from(token, 'base64url').toString('utf8'))?.[1]);
  if (Number.isInteger(start) && start <= length) return start;
  throw badRequest('Skip token is invalid or expired.');
}
