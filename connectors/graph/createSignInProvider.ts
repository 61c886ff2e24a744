import { z } from 'zod';
import type { SignInProvider } from '../../domain/tenants/ports';
import { MicrosoftRefused } from '../../domain/tenants/refusals/microsoftRefused';
import { GLOBAL_ADMINISTRATOR, PERSONAL_ACCOUNTS_TENANT } from '../../domain/tenants/requiredPermissions';
import { createCodeFlow } from './codeFlow';
import { graphClient } from './graphClient';
import type { IdTokenClaims } from './idToken';
import { msalClient } from './msalClient';
import { readPages } from './readPages';
import { refusedByRedirect, throwByMsal } from './refusals';
import { defaultScope, type GraphSettings } from './settings';

const ANY_TENANT = 'organizations';
/**
 * What the sign-in asks for: who the person is, and their directory roles where the token does not name them.
 */
const SCOPES = ['openid', 'profile', 'User.Read'];

/** Microsoft's authorization code + PKCE sign-in for any organization, and its consent page. */
export function createSignInProvider(settings: GraphSettings): SignInProvider {
  const flow = createCodeFlow(settings, ANY_TENANT, SCOPES);
  return {
    authorizeUrl: flow.authorizeUrl,
    async redeem(request) {
      const { claims, accessToken } = await flow.redeem(request);
      return {
        tenantId: claims.tid,
        objectId: claims.oid,
        name: claims.name ?? '',
        username: claims.preferred_username ?? '',
        isGlobalAdministrator: await isGlobalAdministrator(settings, claims, accessToken),
      };
    },
    async consentUrl({ tenantId, state, redirectUri }) {
      const query = new URLSearchParams({
        client_id: settings.clientId,
        scope: defaultScope(settings),
        redirect_uri: redirectUri,
        state,
      });
      return `${await pagesOrigin(settings)}/${encodeURIComponent(tenantId)}/v2.0/adminconsent?${query}`;
    },
    refused: refusedByRedirect,
  };
}

/**
 * The authority's metadata does not name the consent page. It has the same origin as the authority's sign-in
 * page.
 */
async function pagesOrigin(settings: GraphSettings): Promise<string> {
  const client = await msalClient(settings, ANY_TENANT);
  const asked = { scopes: SCOPES, redirectUri: settings.loginUrl };
  const page = await client.getAuthCodeUrl(asked).catch(throwByMsal);
  return new URL(page).origin;
}

/**
 * `wids` comes only when the app's manifest asks for it, and it need not name every role. When it does not
 * settle the question, the directory is read in the person's own name.
 */
async function isGlobalAdministrator(
  settings: GraphSettings,
  { tid, wids = [] }: IdTokenClaims,
  accessToken: string,
): Promise<boolean> {
  if (tid === PERSONAL_ACCOUNTS_TENANT) return false;
  if (wids.includes(GLOBAL_ADMINISTRATOR)) return true;
  const path = '/me/transitiveMemberOf/microsoft.graph.directoryRole?$select=roleTemplateId';
  const role = z.object({ roleTemplateId: z.string().nullish() });
  try {
    const { entries, whole } = await readPages(await graphClient(settings, accessToken), path, role);
    if (entries.some(({ roleTemplateId }) => roleTemplateId === GLOBAL_ADMINISTRATOR)) return true;
    if (!whole) throw new MicrosoftRefused('endless');
    return false;
  } catch (error) {
    // Somebody who may not read roles is no administrator. No other error says that.
    if (error instanceof MicrosoftRefused && error.refusal === 'adminConsentNeeded') return false;
    throw error;
  }
}
