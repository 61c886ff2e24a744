import { createHash } from 'node:crypto';
import { z } from 'zod';

/**
 * `Authorization: KeyturnAgent <compact JWS>`. Protected header: alg EdDSA, this typ, kid = the agent's id,
 * or 'enrol'.
 */
export const SCHEME = 'KeyturnAgent';
export const TYPE = 'keyturn-agent+jwt';
export const ALGORITHM = 'EdDSA';
export const ENROL_KID = 'enrol';

/**
 * What an agent signs with every request. The signature is valid only for this bot, this request, this body
 * and this minute.
 */
export const signedClaims = z.object({
  /** The bot's public origin. */
  aud: z.string(),
  /** Seconds since 1970, by the bot's time as far as the agent knows it. */
  iat: z.number().int(),
  exp: z.number().int(),
  /** Valid once. */
  jti: z.string().uuid(),
  method: z.literal('POST'),
  path: z.string(),
  /** See bodyHashOf. */
  body: z.string(),
});
export type SignedClaims = z.output<typeof signedClaims>;

/** SHA-256 of the body's bytes as they are sent (compressed if the body is compressed), base64url. */
export const bodyHashOf = (body: Uint8Array): string => createHash('sha256').update(body).digest('base64url');
