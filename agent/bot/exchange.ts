import {
  type ClientRequest,
  Agent as HttpAgent,
  request as httpRequest,
  type IncomingHttpHeaders,
  type IncomingMessage,
} from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';
import { codeOf } from '../files';
import { tlsTrust } from '../tlsTrust';
import { BotUnreachable } from './botFault';
import { ProxyTunnel } from './proxyTunnel';

const CONNECT_MS = 10_000;
const WHOLE_MS = 30_000;
const ANSWER_BYTES = 256 * 1024;

export interface ExchangeSettings {
  /** The bot's origin. */
  server: string;
  /** PEM. When it is there, the agent trusts no other authority. */
  ca?: string;
  proxy?: string;
}

export interface Asked {
  path: string;
  headers: Record<string, string>;
  body: Uint8Array;
  /** How long the bot may hold the answer back. */
  heldMs: number;
  signal?: AbortSignal;
}

export interface Answered {
  status: number;
  headers: IncomingHttpHeaders;
  text: string;
}

/**
 * Posts to the bot and reads its answer, both with a limit of time and size. Throws BotUnreachable, or the
 * reason of an aborted signal.
 */
export interface Exchange {
  post(asked: Asked): Promise<Answered>;
  close(): void;
}

export function createExchange({ server, ca, proxy }: ExchangeSettings): Exchange {
  const { protocol } = new URL(server);
  const secure = protocol === 'https:';
  const direct = () =>
    secure ? new HttpsAgent({ keepAlive: true, ...tlsTrust(ca) }) : new HttpAgent({ keepAlive: true });
  const agent = secure && proxy ? new ProxyTunnel(proxy, tlsTrust(ca)) : direct();
  const request = secure ? httpsRequest : httpRequest;
  return {
    async post({ path, headers, body, heldMs, signal }) {
      signal?.throwIfAborted();
      const sized = { ...headers, 'content-length': String(body.byteLength) };
      const asked = request(new URL(path, server), { method: 'POST', agent, headers: sized });
      const stop = () => asked.destroy();
      signal?.addEventListener('abort', stop, { once: true });
      const timer = setTimeout(() => asked.destroy(slow()), WHOLE_MS + heldMs);
      try {
        return await answered(asked, body);
      } catch (error) {
        signal?.throwIfAborted();
        throw faultOf(error);
      } finally {
        clearTimeout(timer);
        signal?.removeEventListener('abort', stop);
      }
    },
    close: () => agent.destroy(),
  };
}

async function answered(asked: ClientRequest, body: Uint8Array): Promise<Answered> {
  limitConnecting(asked);
  const response = await new Promise<IncomingMessage>((resolve, reject) => {
    asked.once('response', resolve);
    asked.on('error', reject);
    asked.end(body);
  });
  return { status: response.statusCode ?? 0, headers: response.headers, text: await bounded(response) };
}

function limitConnecting(asked: ClientRequest): void {
  asked.once('socket', (socket) => {
    if (!socket.connecting) return;
    const timer = setTimeout(() => asked.destroy(slow()), CONNECT_MS);
    for (const event of ['connect', 'close']) socket.once(event, () => clearTimeout(timer));
  });
}

async function bounded(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > ANSWER_BYTES) throw strange('its answer is too long');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}

const slow = () => new BotUnreachable('away', 'The bot did not answer in time.');

/** Something answered, but not in the way the bot does. */
export const strange = (why: string, retryAfterMs?: number) =>
  new BotUnreachable(
    'strange',
    `Something else answers at the bot’s address (${why}). Check the address and the proxies on the way.`,
    retryAfterMs,
  );

const NOT_TRUSTED =
  /^(CERT_|UNABLE_TO_|SELF_SIGNED|DEPTH_ZERO|INVALID_CA|INVALID_PURPOSE|PATH_LENGTH|HOSTNAME_MISMATCH|ERR_TLS_CERT)/;

function faultOf(error: unknown): BotUnreachable {
  if (error instanceof BotUnreachable) return error;
  const code = codeOf(error);
  if (NOT_TRUSTED.test(code)) {
    const sentence = `The bot's certificate is not trusted here (${code}). Check the address, this machine's date, or set the authority's file (--server-ca).`;
    return new BotUnreachable('certificate', sentence, undefined, { cause: error });
  }
  const sentence = `The bot cannot be reached (${code || 'the connection broke'}). Check the address, the firewall and the proxy.`;
  return new BotUnreachable('away', sentence, undefined, { cause: error });
}
