import type { GraphSettings } from '../../../connectors/graph/settings';
import { createLinesLog } from '../process/linesLog';
import { type Play, startVendorServer } from '../vendors/vendorServer';

export const PLAYED_TENANT = 'a1c9d0f2-3b64-4e0a-9a57-0d6c1b2e4f01';
const PRINCIPAL = 'a1c9d0f2-0000-4000-8000-0000000000ff';

const bare = (claims: object) =>
  `e30.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${Buffer.from('x').toString('base64url')}`;

/** Microsoft's sign-in and Graph as one server. A test may replace every answer. */
export async function startPlayedMicrosoft(tenants: readonly string[] = [PLAYED_TENANT]) {
  const server = await startVendorServer();
  const url = `https://localhost:${server.port}`;
  const authority = (tenant: string) => {
    server.playAt(`/${tenant}/v2.0/.well-known/openid-configuration`, {
      body: {
        issuer: `${url}/${tenant}/v2.0`,
        authorization_endpoint: `${url}/${tenant}/oauth2/v2.0/authorize`,
        token_endpoint: `${url}/${tenant}/oauth2/v2.0/token`,
        jwks_uri: `${url}/keys`,
      },
    });
    server.playAt(`/${tenant}/oauth2/v2.0/token`, {
      body: {
        token_type: 'Bearer',
        expires_in: 3600,
        access_token: bare({ tid: tenant, oid: PRINCIPAL, roles: [] }),
      },
    });
  };
  for (const tenant of [...tenants, 'organizations']) authority(tenant);
  const settings: GraphSettings = {
    clientId: 'e0e0e0e0-0000-4000-8000-000000000001',
    credential: { kind: 'secret', clientSecret: 'secret' },
    loginUrl: url,
    graphUrl: url,
    log: createLinesLog().log,
  };
  return {
    server,
    settings,
    token: (play: Play, tenant = PLAYED_TENANT) => server.playAt(`/${tenant}/oauth2/v2.0/token`, play),
    asked: (part: string) => server.requests.filter(({ path }) => path.includes(part)).length,
  };
}
