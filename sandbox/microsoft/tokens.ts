import { createHash } from 'node:crypto';
import type { Grant } from './codes';
import type { TenantState } from './entraDirectory';
import { DEFAULT_USER_WID } from './roles';
import { PERSONAL_TENANT_ID, type SandboxPerson } from './tenant';
import { GRAPH_AUDIENCE, type World } from './world';

const LIFETIME_SECONDS = 3599;

export interface TokenAnswer {
  token_type: 'Bearer';
  scope?: string;
  expires_in: number;
  ext_expires_in: number;
  access_token: string;
  id_token?: string;
  client_info?: string;
}

/** The app-only token: `roles` are the application permissions granted at this moment. */
export async function appToken(world: World, state: TenantState): Promise<TokenAnswer> {
  const { tenantId } = state.tenant;
  const claims = {
    ...common(world, tenantId),
    idtyp: 'app',
    oid: state.servicePrincipal?.id,
    sub: state.servicePrincipal?.id,
    // A token without any permission has no `roles` at all.
    ...(state.servicePrincipal?.roles.length ? { roles: state.servicePrincipal.roles } : {}),
  };
  return answer(await world.key.sign(claims, LIFETIME_SECONDS));
}

/** The result of a redeemed code: an id_token, and a token for Graph with the consented scopes. */
export async function personTokens(
  world: World,
  granted: { grant: Grant; person: SandboxPerson; withClientInfo: boolean },
): Promise<TokenAnswer> {
  const { grant, person, withClientInfo } = granted;
  const wids = [...person.roles, DEFAULT_USER_WID];
  const sub = createHash('sha256')
    .update(`${world.application.clientId} ${person.objectId}`)
    .digest('base64url');
  const claims = {
    ...common(world, grant.tenantId),
    idtyp: 'user',
    oid: person.objectId,
    sub,
    name: person.name,
    upn: person.username,
  };
  const scope = grant.scopes.filter((one) => one !== 'offline_access').join(' ');
  const access = await world.key.sign({ ...claims, scp: scope, wids }, LIFETIME_SECONDS);
  return {
    ...answer(access),
    scope,
    id_token: await idToken(world, { grant, person, sub, wids }),
    ...(withClientInfo ? { client_info: clientInfo(person, grant) } : {}),
  };
}

function idToken(
  world: World,
  of: { grant: Grant; person: SandboxPerson; sub: string; wids: string[] },
): Promise<string> {
  const { grant, person, sub, wids } = of;
  const withWids = world.application.emitsWids && grant.tenantId !== PERSONAL_TENANT_ID;
  const claims = {
    ver: '2.0',
    iss: `${world.urls.login}/${grant.tenantId}/v2.0`,
    aud: world.application.clientId,
    tid: grant.tenantId,
    oid: person.objectId,
    sub,
    name: person.name,
    preferred_username: person.username,
    ...(grant.nonce ? { nonce: grant.nonce } : {}),
    ...(withWids ? { wids } : {}),
  };
  return world.key.sign(claims, LIFETIME_SECONDS);
}

const common = (world: World, tenantId: string) => ({
  aud: GRAPH_AUDIENCE,
  iss: `https://sts.windows.net/${tenantId}/`,
  appid: world.application.clientId,
  tid: tenantId,
  ver: '1.0',
});

const answer = (access_token: string): TokenAnswer => ({
  token_type: 'Bearer',
  expires_in: LIFETIME_SECONDS,
  ext_expires_in: LIFETIME_SECONDS,
  access_token,
});

const clientInfo = (person: SandboxPerson, grant: Grant): string =>
  Buffer.from(JSON.stringify({ uid: person.objectId, utid: grant.tenantId })).toString('base64url');
