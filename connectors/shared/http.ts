import { lookup } from 'node:dns/promises';
import type { IncomingHttpHeaders, IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import type { Socket } from 'node:net';
import { SourceRefused } from '../../domain/organizations/ports';
import { type AllowsAddress, checkLiteral, guardedLookup, type Resolve } from './addressGuard';
import { brokenAnswer, networkFault, TimedOut } from './networkFault';
import { unpacked } from './unpacked';

const REDIRECTS = 3;
/** Connections to one host at a time. */
const SOCKETS = 8;
const REFUSAL_BYTES = 64 * 1024;
const REDIRECT = new Set([301, 302, 303, 307, 308]);

export interface HttpSettings {
  allows: AllowsAddress;
  /** Default: the system's resolver. */
  resolve?: Resolve;
  /**
   * Time limits until there is a connection, until the answer begins, and until it ends; in milliseconds,
   * each from the start of the request.
   */
  connectMs: number;
  headersMs: number;
  wholeMs: number;
  maxBytes: number;
}

export const DEFAULT_LIMITS = {
  connectMs: 8_000,
  headersMs: 15_000,
  wholeMs: 30_000,
  maxBytes: 32 * 1024 * 1024,
};

export interface HttpAnswer {
  status: number;
  headers: IncomingHttpHeaders;
  /** The body of a refusal only when it is short, else empty. */
  text: string;
}

export interface GetOptions {
  /** Sent to the url's own origin, and never to another origin after a redirect. */
  apiKey: string;
  /** The time for the whole request with its redirects; milliseconds. */
  withinMs: number;
  signal?: AbortSignal;
}

export interface Http {
  /** One GET of JSON over https. Throws SourceRefused, PassingFault, or the reason of an aborted signal. */
  get(url: URL, options: GetOptions): Promise<HttpAnswer>;
}

/**
 * GETs to a host that somebody typed: only https, only allowed addresses, with limits of time and size.
 * Redirects are checked in the same way.
 */
export function createHttp(settings: HttpSettings): Http {
  const resolve: Resolve = settings.resolve ?? ((hostname) => lookup(hostname, { all: true }));
  const guard = guardedLookup(resolve, settings.allows);
  const agent = new Agent({ keepAlive: true, maxSockets: SOCKETS, lookup: guard });
  return {
    async get(url, options) {
      const deadline = performance.now() + Math.min(options.withinMs, settings.wholeMs);
      const response = await followed(url, options, (target, apiKey) => {
        checkLiteral(target.hostname, settings.allows);
        const left = deadline - performance.now();
        const headersMs = Math.max(1, Math.min(settings.headersMs, left));
        const { connectMs } = settings;
        return begun(target, { agent, apiKey, connectMs, headersMs, signal: options.signal });
      });
      return ended(response, deadline - performance.now(), settings.maxBytes, options.signal);
    },
  };
}

async function followed(
  first: URL,
  { apiKey }: GetOptions,
  ask: (url: URL, apiKey?: string) => Promise<IncomingMessage>,
): Promise<IncomingMessage> {
  let url = first;
  for (let redirects = 0; redirects <= REDIRECTS; redirects++) {
    if (url.protocol !== 'https:') throw new SourceRefused('unreachable', 'not https');
    const response = await ask(url, url.origin === first.origin ? apiKey : undefined);
    const { statusCode = 0, headers } = response;
    if (!REDIRECT.has(statusCode) || !headers.location) return response;
    response.destroy();
    if (!URL.canParse(headers.location, url.href))
      throw new SourceRefused('unreachable', 'a broken redirect');
    url = new URL(headers.location, url);
  }
  throw new SourceRefused('unreachable', 'too many redirects');
}

interface Asked {
  agent: Agent;
  apiKey?: string;
  connectMs: number;
  headersMs: number;
  signal?: AbortSignal;
}

/** Resolves when the answer begins. */
function begun(url: URL, { agent, apiKey, connectMs, headersMs, signal }: Asked): Promise<IncomingMessage> {
  return new Promise<IncomingMessage>((resolve, reject) => {
    const headers = { accept: 'application/json', ...(apiKey && { 'x-api-key': apiKey }) };
    const asked = request(url, { agent, signal, headers }, (response) => {
      clearTimeout(timer);
      resolve(response);
    });
    const timer = setTimeout(() => asked.destroy(new TimedOut('no answer in time')), headersMs);
    asked.on('socket', (socket) => limitConnecting(socket, connectMs));
    asked.on('error', (error) => {
      clearTimeout(timer);
      reject(signal?.aborted ? signal.reason : networkFault(error));
    });
    asked.end();
  });
}

/** A host that accepts no connection is not tried again, so that the person who waits learns it soon. */
function limitConnecting(socket: Socket, connectMs: number): void {
  if (!socket.connecting) return;
  const refused = new SourceRefused('unreachable', 'no connection');
  const timer = setTimeout(() => socket.destroy(refused), connectMs);
  for (const event of ['secureConnect', 'close']) socket.once(event, () => clearTimeout(timer));
}

async function ended(
  response: IncomingMessage,
  withinMs: number,
  maxBytes: number,
  signal?: AbortSignal,
): Promise<HttpAnswer> {
  const { statusCode: status = 0, headers } = response;
  const isRefusal = status < 200 || status > 299;
  const timer = setTimeout(() => response.destroy(new TimedOut('the answer took too long')), withinMs);
  try {
    const text = await bounded(unpacked(response), isRefusal ? REFUSAL_BYTES : maxBytes);
    return { status, headers, text };
  } catch (error) {
    if (signal?.aborted) throw signal.reason;
    if (isRefusal) return { status, headers, text: '' };
    throw brokenAnswer(error);
  } finally {
    clearTimeout(timer);
  }
}

/** Counts the bytes while reading, after unpacking. The length that a server states is not trusted. */
async function bounded(response: AsyncIterable<Buffer>, maxBytes: number): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of response) {
    size += chunk.length;
    if (size > maxBytes) throw new SourceRefused('tooLarge');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size).toString('utf8');
}
