import { z } from 'zod';
import type { TenantState } from '../entraDirectory';
import type { SandboxRequest } from '../http';
import { GRAPH_AUDIENCE, type World } from '../world';
import { GraphRefused } from './graphError';

/** Who calls Graph, from a verified token. */
export interface Caller {
  state: TenantState;
  /** Application permissions, or the delegated ones when `objectId` is a person. */
  permissions: string[];
  delegated: boolean;
  objectId: string;
}

const claimsSchema = z.object({
  tid: z.string(),
  oid: z.string(),
  idtyp: z.enum(['app', 'user']),
  roles: z.array(z.string()).default([]),
  scp: z.string().default(''),
});

/** Checks signature, audience, expiry and tenant; throws GraphRefused as Graph does. */
export async function identifyCaller(world: World, request: SandboxRequest): Promise<Caller> {
  const [, token] = /^Bearer (.+)$/.exec(request.headers.authorization ?? '') ?? [];
  if (!token) throw invalid('Access token is empty.');
  const claims = claimsSchema.safeParse(await verified(world, token));
  const state = claims.success ? world.directory.tenant(claims.data.tid) : undefined;
  if (!claims.success || !state) throw invalid('Access token validation failure.');
  const { idtyp, roles, scp, oid } = claims.data;
  const delegated = idtyp === 'user';
  return { state, delegated, objectId: oid, permissions: delegated ? scp.split(' ') : roles };
}

/** Throws unless the caller holds one of `anyOf`. */
export function demand(caller: Caller, anyOf: readonly string[]): void {
  if (anyOf.some((permission) => caller.permissions.includes(permission))) return;
  throw new GraphRefused(
    403,
    'Authorization_RequestDenied',
    'Insufficient privileges to complete the operation.',
  );
}

async function verified(world: World, token: string): Promise<unknown> {
  try {
    return await world.key.verify(token, GRAPH_AUDIENCE);
  } catch (error) {
    const expired = error instanceof Error && 'code' in error && error.code === 'ERR_JWT_EXPIRED';
    throw invalid(
      expired ? 'Lifetime validation failed, the token is expired.' : 'Access token validation failure.',
    );
  }
}

const invalid = (message: string) => new GraphRefused(401, 'InvalidAuthenticationToken', message);
