import type { StaffSignIn } from '../../domain/links/ports';
import { createCodeFlow } from './codeFlow';
import { refusedByRedirect } from './refusals';
import type { GraphSettings } from './settings';

/** The sign-in asks who the person is, and for no permission. */
const SCOPES = ['openid', 'profile'];

/** Signs in the people of one tenant, the MSP's own, with the app that customers consent to. */
export function createStaffSignIn(settings: GraphSettings, tenantId: string): StaffSignIn {
  const flow = createCodeFlow(settings, tenantId, SCOPES);
  return {
    authorizeUrl: flow.authorizeUrl,
    async redeem(request) {
      const { claims } = await flow.redeem(request);
      return { tenantId: claims.tid, objectId: claims.oid, username: claims.preferred_username ?? '' };
    },
    refused: refusedByRedirect,
  };
}
