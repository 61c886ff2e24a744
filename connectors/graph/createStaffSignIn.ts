import type { StaffSignIn } from '../../domain/links/ports';
import { pageFor, redeemed } from './codeFlow';
import { createIdTokenReader } from './idToken';
import { refusedByRedirect } from './refusals';
import type { GraphSettings } from './settings';

/** Who it is, and nothing else: no permission is asked for. */
const SCOPES = ['openid', 'profile'];

/** Sign-in of the people of one tenant, the MSP's own, by the app that customers consent to. */
export function createStaffSignIn(settings: GraphSettings, tenantId: string): StaffSignIn {
  const readIdToken = createIdTokenReader(settings);
  return {
    authorizeUrl: (request) => pageFor(settings, tenantId, SCOPES, request),
    async redeem(request) {
      const { claims } = await redeemed(settings, readIdToken, tenantId, SCOPES, request);
      return {
        tenantId: claims.tid,
        objectId: claims.oid,
        username: claims.preferred_username ?? '',
      };
    },
    refused: refusedByRedirect,
  };
}
