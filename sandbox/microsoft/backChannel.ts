import { graph } from './graph/graph';
import { json, redirect, type SandboxRequest, type SandboxResponse } from './http';
import { refusalBody } from './signInErrors';
import { tokenEndpoint } from './tokenEndpoint';
import type { World } from './world';

const PAGE = /^\/[^/]+\/(?:oauth2\/v2\.0\/authorize|v2\.0\/adminconsent)$/;

/** Everything that servers call over HTTPS: discovery, keys, tokens, and Graph under `/v1.0`. */
export function backChannel(
  world: World,
  request: SandboxRequest,
): Promise<SandboxResponse> | SandboxResponse {
  if (request.path.startsWith('/v1.0/'))
    return world.faults.through('graph', request, () => graph(world, request));
  const [, tenant = '', rest = ''] = /^\/([^/]+)(\/.*)$/.exec(decodeURIComponent(request.path)) ?? [];
  if (rest === '/v2.0/.well-known/openid-configuration') return discovery(world, tenant);
  if (rest === '/discovery/v2.0/keys') return json(200, world.key.jwks);
  if (rest === '/oauth2/v2.0/token' && request.method === 'POST') {
    return world.faults.through('token', request, () => tokenEndpoint(world, tenant, request));
  }
  // A person whose browser trusts the certificate may open this address; the pages are on the other listener.
  if (PAGE.test(request.path)) return redirect(`${world.urls.pages}${request.path}?${request.query}`);
  return json(404, { error: 'not_found' });
}

function discovery({ directory, urls, clock }: World, tenant: string): SandboxResponse {
  const state = directory.tenant(tenant);
  if (!state && tenant !== 'organizations') return json(400, refusalBody('90002', clock));
  // For a domain name Microsoft answers with the tenant's id; for `organizations`, with a template.
  const id = state?.tenant.tenantId ?? tenant;
  return json(200, {
    issuer: `${urls.login}/${state ? id : '{tenantid}'}/v2.0`,
    authorization_endpoint: `${urls.pages}/${id}/oauth2/v2.0/authorize`,
    token_endpoint: `${urls.login}/${id}/oauth2/v2.0/token`,
    jwks_uri: `${urls.login}/${id}/discovery/v2.0/keys`,
    token_endpoint_auth_methods_supported: ['client_secret_post', 'private_key_jwt'],
    response_modes_supported: ['query'],
    response_types_supported: ['code'],
    scopes_supported: ['openid', 'profile', 'email', 'offline_access'],
    subject_types_supported: ['pairwise'],
    id_token_signing_alg_values_supported: ['RS256'],
    claims_supported: [
      'sub',
      'iss',
      'aud',
      'exp',
      'iat',
      'nonce',
      'preferred_username',
      'name',
      'tid',
      'oid',
      'wids',
      'ver',
    ],
    tenant_region_scope: null,
    cloud_instance_name: 'microsoftonline.com',
  });
}
