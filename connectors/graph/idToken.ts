import type { JWTVerifyGetKey } from 'jose';
import { z } from 'zod';
import { MicrosoftRefused } from '../../domain/tenants/refusals/microsoftRefused';
import type { GraphSettings } from './settings';

const SKEW_SECONDS = 300;

const claimsSchema = z.object({
  tid: z.string().uuid().toLowerCase(),
  oid: z.string().uuid().toLowerCase(),
  iss: z.string(),
  nonce: z.string(),
  name: z.string().max(256).optional(),
  preferred_username: z.string().max(256).optional(),
  wids: z.array(z.string()).optional(),
});

export type IdTokenClaims = z.infer<typeof claimsSchema>;

export type ReadIdToken = (idToken: string, nonce: string) => Promise<IdTokenClaims>;

/**
 * Reads id_tokens of any organization. A token must be signed by Microsoft's published keys, be meant for us,
 * be unexpired, carry our nonce, and be issued by the tenant that it names. Throws MicrosoftRefused for
 * anything else.
 */
export function createIdTokenReader(settings: GraphSettings): ReadIdToken {
  let keys: JWTVerifyGetKey | undefined;
  return async (idToken, nonce) => {
    const jose = await import('jose');
    keys ??= jose.createRemoteJWKSet(new URL(`${settings.loginUrl}/organizations/discovery/v2.0/keys`));
    const claims = await jose
      .jwtVerify(idToken, keys, {
        algorithms: ['RS256'],
        audience: settings.clientId,
        clockTolerance: SKEW_SECONDS,
        requiredClaims: ['exp', 'iat', 'iss', 'nonce', 'tid', 'oid'],
      })
      .then(({ payload }) => claimsSchema.parse(payload))
      .catch((cause) => {
        throw new MicrosoftRefused(isOfTheToken(jose, cause) ? 'other' : 'unavailable', {}, { cause });
      });
    const issuer = `${settings.loginUrl}/${claims.tid}/v2.0`;
    if (claims.nonce !== nonce || claims.iss !== issuer) throw new MicrosoftRefused('other');
    return claims;
  };
}

/** Whether the token itself is wrong. A failed request for Microsoft's keys says nothing about the token. */
const isOfTheToken = ({ errors }: typeof import('jose'), cause: unknown): boolean =>
  cause instanceof z.ZodError ||
  (cause instanceof errors.JOSEError &&
    !(cause instanceof errors.JWKSTimeout) &&
    cause.code !== errors.JOSEError.code);
