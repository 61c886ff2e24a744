import { randomUUID } from 'node:crypto';
import { gzipSync } from 'node:zlib';
import { AGENT_PATHS, type AgentPath, PROTOCOL } from '../../../domain/agentProtocol/protocol';
import { ALGORITHM, bodyHashOf, SCHEME, TYPE } from '../../../domain/agentProtocol/signature';

type PublicKey = { kty: 'OKP'; crv: 'Ed25519'; x: string };
export type Signer = Awaited<ReturnType<typeof createSigner>>;

export const PUBLIC_URL = 'https://keyturn.example.test';

/** What a test makes wrong about a request. Everything else is as an agent makes it. */
export interface Spoiling {
  claims?: Record<string, unknown>;
  header?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** The body that is sent instead of the signed one. */
  sent?: string | Uint8Array;
  /** The path that is used instead of the signed one. */
  sentTo?: string;
  authorization?: string;
  gzip?: boolean;
  signal?: AbortSignal;
}

/**
 * A key pair that signs as the agent's does. It shares no code with the agent, so only the protocol joins the
 * two.
 */
export async function createSigner() {
  const { CompactSign, exportJWK, generateKeyPair } = await import('jose');
  const { privateKey, publicKey } = await generateKeyPair(ALGORITHM);
  const { x = '' } = await exportJWK(publicKey);
  const sign = (kid: string, claims: object, header: object = {}) =>
    new CompactSign(new TextEncoder().encode(JSON.stringify(claims)))
      .setProtectedHeader({ alg: ALGORITHM, typ: TYPE, kid, ...header })
      .sign(privateKey, { crit: { exp: true } });
  return { publicKey: { kty: 'OKP', crv: 'Ed25519', x } as PublicKey, sign };
}

const claimsFor = (path: string, body: Uint8Array, now: number) => ({
  aud: PUBLIC_URL,
  iat: Math.floor(now / 1000),
  exp: Math.floor(now / 1000) + 60,
  jti: randomUUID(),
  method: 'POST',
  path,
  body: bodyHashOf(body),
});

const bytesOf = (body: unknown, gzip = false): Uint8Array => {
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body));
  return gzip ? gzipSync(bytes) : bytes;
};

/** The requests of an agent to one server, each with a new signature. `spoil` makes them wrong in one way. */
export function agentRequests(
  origin: { url: string; now(): number },
  { signer, kid }: { signer: Signer; kid: string },
) {
  const post = async (path: string, body: unknown, spoil: Spoiling = {}) => {
    const bytes = bytesOf(body, spoil.gzip);
    const claims = { ...claimsFor(path, bytes, origin.now()), ...spoil.claims };
    const authorization = spoil.authorization ?? `${SCHEME} ${await signer.sign(kid, claims, spoil.header)}`;
    return answerOf(
      await fetch(origin.url + (spoil.sentTo ?? path), {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          ...(spoil.gzip && { 'content-encoding': 'gzip' }),
          authorization,
          ...spoil.headers,
        },
        body: Buffer.from(spoil.sent ?? bytes),
        signal: spoil.signal,
      }),
    );
  };
  const ask = (name: keyof typeof AGENT_PATHS) => (body: object, spoil?: Spoiling) =>
    post(AGENT_PATHS[name] satisfies AgentPath, { protocol: PROTOCOL, ...body }, spoil);
  return {
    post,
    enrol: ask('enrol'),
    beat: ask('beat'),
    events: ask('events'),
    commands: ask('commands'),
    inventory: (body: object, spoil?: Spoiling) => ask('inventory')(body, { gzip: true, ...spoil }),
  };
}

export interface Answer {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: tests compare the answer, and never use it.
  body: any;
  headers: Headers;
}

async function answerOf(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, body: text ? JSON.parse(text) : undefined, headers: response.headers };
}
