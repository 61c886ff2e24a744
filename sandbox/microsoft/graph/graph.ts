import { randomUUID } from 'node:crypto';
import { json, type SandboxRequest, type SandboxResponse } from '../http';
import type { World } from '../world';
import { identifyCaller } from './caller';
import { GraphRefused, graphError } from './graphError';
import { checkOptions } from './odata';
import {
  type GraphResource,
  myRoles,
  organizations,
  roleAssignments,
  servicePrincipal,
  servicePrincipalRoles,
  servicePrincipals,
  users,
  usersCount,
} from './resources';

const RESOURCES: [RegExp, GraphResource][] = [
  [/^\/organization$/, organizations],
  [/^\/users$/, users],
  [/^\/users\/\$count$/, usersCount],
  [/^\/servicePrincipals$/, servicePrincipals],
  [/^\/servicePrincipals\(appId='([^']+)'\)$/, servicePrincipal],
  [/^\/servicePrincipals\/([^/]+)$/, servicePrincipal],
  [
    /^\/servicePrincipals\/([^/]+)\/transitiveMemberOf\/microsoft\.graph\.directoryRole$/,
    servicePrincipalRoles,
  ],
  [/^\/roleManagement\/directory\/roleAssignments$/, roleAssignments],
  [/^\/me\/transitiveMemberOf\/microsoft\.graph\.directoryRole$/, myRoles],
];

/** The part of Microsoft Graph v1.0 that the sandbox plays. */
export async function graph(world: World, request: SandboxRequest): Promise<SandboxResponse> {
  try {
    const caller = await identifyCaller(world, request);
    const path = decodeURIComponent(request.path.replace(/^\/v1\.0/, ''));
    const [resource, id] = find(path, request.method);
    checkOptions(request.query);
    return respond(resource({ world, caller, request }, id));
  } catch (error) {
    if (error instanceof GraphRefused) return graphError(error, { request, clock: world.clock });
    throw error;
  }
}

function find(path: string, method: string): [GraphResource, string] {
  for (const [pattern, resource] of RESOURCES) {
    const match = pattern.exec(path);
    if (match && method === 'GET') return [resource, match[1] ?? ''];
    if (match)
      throw new GraphRefused(
        405,
        'Request_BadRequest',
        `Specified HTTP method is not allowed for the request target.`,
      );
  }
  throw new GraphRefused(
    400,
    'BadRequest',
    `Resource not found for the segment '${path.split('/')[1] ?? ''}'.`,
  );
}

function respond(value: unknown): SandboxResponse {
  const headers = { 'request-id': randomUUID(), 'x-ms-resource-unit': '1' };
  if (typeof value === 'string')
    return { status: 200, headers: { 'content-type': 'text/plain', ...headers }, body: value };
  const type =
    'application/json;odata.metadata=minimal;odata.streaming=true;IEEE754Compatible=false;charset=utf-8';
  return json(200, value, { 'content-type': type, ...headers });
}
