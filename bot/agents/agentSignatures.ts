import { z } from 'zod';
import { ALGORITHM, SCHEME, signedClaims, TYPE } from '../../domain/agentProtocol/signature';
import type { AgentSignatures } from '../../domain/agents/ports';

/** Longer than anything an agent signs. */
const LONGEST = 4096;
const header = z.object({ alg: z.literal(ALGORITHM), typ: z.literal(TYPE), kid: z.string().max(100) });

/**
 * Accepts Ed25519 alone, with the agent's known key: a key, an algorithm or a critical extension in the
 * header counts for nothing.
 */
export const agentSignatures: AgentSignatures = {
  signerOf(authorization) {
    const jws = jwsOf(authorization);
    return jws && headerOf(jws)?.kid;
  },
  async read(authorization, key) {
    const jws = jwsOf(authorization);
    if (!jws || !headerOf(jws)) return undefined;
    const jose = await import('jose');
    try {
      const { payload } = await jose.compactVerify(jws, await jose.importJWK(key, ALGORITHM), {
        algorithms: [ALGORITHM],
      });
      return signedClaims.safeParse(jsonOf(new TextDecoder().decode(payload))).data;
    } catch (error) {
      if (error instanceof jose.errors.JOSEError || isBadKey(error)) return undefined;
      throw error;
    }
  },
};

function jwsOf(authorization: string | undefined): string | undefined {
  if (!authorization || authorization.length > LONGEST) return undefined;
  const [scheme, jws, ...rest] = authorization.split(' ');
  return scheme === SCHEME && rest.length === 0 ? jws : undefined;
}

function headerOf(jws: string): z.output<typeof header> | undefined {
  const [encoded = ''] = jws.split('.');
  return header.safeParse(jsonOf(Buffer.from(encoded, 'base64url').toString())).data;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** What Web Crypto throws for 32 bytes that are not an Ed25519 key. */
const isBadKey = (error: unknown) =>
  ['DataError', 'OperationError', 'TypeError'].includes((error as { name?: string }).name ?? '');
