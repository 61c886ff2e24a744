import type { StaffSignIn } from '../../domain/links/ports';
import { pageFor, redeemed } from './codeFlow';
import { createIdTokenReader } from './idToken';
import { refusedByRedirect } from './refusals';
import type { GraphSettings } from './settings';

/** The sign-in asks who the person is, and for no permission. */
const SCOPES = ['openid', 'profile'];

/** Signs in the people of one tenant, the MSP's own, with the app that customers consent to. */
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
