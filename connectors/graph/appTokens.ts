import type { ConfidentialClientApplication } from '@azure/msal-node';
import { LRUCache } from 'lru-cache';
import { z } from 'zod';
import { jsonOf } from '../../domain/agentProtocol/readJson';
import { MicrosoftRefused } from '../../domain/tenants/refusals/microsoftRefused';
import { createLeftAlone } from './leftAlone';
import { msalClient } from './msalClient';
import { refusedByMsal } from './refusals';
import { defaultScope, type GraphSettings } from './settings';

/**
 * The claims of an app-only token: the tenant, our service principal there, and the permissions that it was
 * granted.
 */
const claimsSchema = z.object({ tid: z.string(), oid: z.string(), roles: z.array(z.string()).default([]) });

export interface AppToken {
  accessToken: string;
  claims: z.infer<typeof claimsSchema>;
}

export interface AppTokens {
  /** A valid app-only token for Graph in this tenant, from memory or new. Throws MicrosoftRefused. */
  of(tenantId: string): Promise<AppToken>;
  forget(tenantId: string): void;
}

const TENANTS_KEPT = 500;

/**
 * App-only tokens per tenant, kept in memory alone. When there are too many, the least recently used tenant
 * is dropped.
 */
export function createAppTokens(settings: GraphSettings, kept = TENANTS_KEPT): AppTokens {
  const clients = new LRUCache<string, Promise<ConfidentialClientApplication>>({
    max: kept,
    memoMethod: (tenantId) => msalClient(settings, tenantId),
  });
  const leftAlone = createLeftAlone();
  return {
    of: (tenantId) =>
      leftAlone(tenantId, async () => acquire(await clients.memo(tenantId), defaultScope(settings))),
    forget: (tenantId) => {
      clients.delete(tenantId);
    },
  };
}

async function acquire(client: ConfidentialClientApplication, scope: string): Promise<AppToken> {
  const result = await client.acquireTokenByClientCredential({ scopes: [scope] }).catch((error) => {
    throw consentOf(refusedByMsal(error));
  });
  if (!result) throw new MicrosoftRefused('other');
  return { accessToken: result.accessToken, claims: claimsOf(result.accessToken) };
}

/** No person takes part here, so a missing consent means that it was withdrawn. */
const consentOf = (refused: unknown): unknown =>
  refused instanceof MicrosoftRefused && refused.refusal === 'adminConsentNeeded'
    ? new MicrosoftRefused('consentLost', refused.marks)
    : refused;

/** Reads the claims without verifying them: the token comes straight from Microsoft's token endpoint. */
function claimsOf(accessToken: string): AppToken['claims'] {
  const payload = Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString('utf8');
  const claims = claimsSchema.safeParse(jsonOf(payload));
  if (!claims.success) throw new MicrosoftRefused('other', {}, { cause: claims.error });
  return claims.data;
}
