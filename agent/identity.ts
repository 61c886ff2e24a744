import { randomUUID } from 'node:crypto';
import { type CryptoKey, exportJWK, generateKeyPair, importJWK, SignJWT } from 'jose';
import { z } from 'zod';
import { type PublicKey, publicKey } from '../domain/agentProtocol/messages';
import { type AgentPath, LIMITS } from '../domain/agentProtocol/protocol';
import { ALGORITHM, bodyHashOf, TYPE } from '../domain/agentProtocol/signature';
import { readJsonFile, replaceFile } from './files';
import type { SecretKeeper } from './ports';

const storedKey = publicKey.extend({ d: z.string().regex(/^[\w-]{43}$/) });

/** Proves that a request comes from this agent. */
export interface Identity {
  publicKey: PublicKey;
  privateKey: CryptoKey;
}

/** The agent's key pair. The first call makes and stores it, before the agent tells anybody about it. */
export async function openIdentity(secrets: SecretKeeper): Promise<Identity> {
  const kept = await secrets.read('identityKey');
  if (kept) return identityOf(JSON.parse(kept.toString('utf8')));
  const pair = await generateKeyPair(ALGORITHM, { crv: 'Ed25519', extractable: true });
  const jwk = await exportJWK(pair.privateKey);
  await secrets.write('identityKey', Buffer.from(JSON.stringify(jwk)));
  return identityOf(jwk);
}

async function identityOf(jwk: unknown): Promise<Identity> {
  const key = storedKey.parse(jwk);
  const privateKey = await importJWK(key, ALGORITHM);
  if (privateKey instanceof Uint8Array) throw new TypeError('an Ed25519 key is no secret of bytes');
  return { publicKey: publicKey.parse(key), privateKey };
}

interface Signed {
  /** The agent's id, or ENROL_KID. */
  kid: string;
  /** The bot's origin. */
  aud: string;
  path: AgentPath;
  /** The bytes as they are sent. */
  body: Uint8Array;
  /** By the bot's time. */
  now: number;
}

/** The compact JWS for one request. It is valid only for this body and this minute. */
export function signRequest(identity: Identity, { kid, aud, path, body, now }: Signed): Promise<string> {
  const iat = Math.floor(now / 1000);
  const exp = iat + LIMITS.signatureMs / 1000;
  return new SignJWT({ aud, iat, exp, jti: randomUUID(), method: 'POST', path, body: bodyHashOf(body) })
    .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid })
    .sign(identity.privateKey);
}

const enrolment = z.object({ agentId: z.string().uuid(), customer: z.string(), server: z.string() });
/** Who the agent is to the bot since it enrolled. */
export type Enrolment = z.output<typeof enrolment>;

/** Undefined: the agent never enrolled, or the file is broken and the agent has to enrol again. */
export const readEnrolment = (path: string): Promise<Enrolment | undefined> => readJsonFile(path, enrolment);

export const writeEnrolment = (path: string, value: Enrolment): Promise<void> =>
  replaceFile(path, `${JSON.stringify(value)}\n`);
