import { Agent as HttpAgent, request as httpRequest, type IncomingMessage } from 'node:http';
import { Agent as HttpsAgent, request as httpsRequest } from 'node:https';

/** The channel answered with something else than success. `retryAfterMs` when it said how long to wait. */
class ChannelRefused extends Error {
  override readonly name = 'ChannelRefused';
  constructor(
    readonly statusCode: number,
    readonly retryAfterMs: number | undefined,
    /** The channel's own code, such as `ConversationBlockedByUser`. */
    readonly errorCode: string | undefined,
  ) {
    super(`the channel answered ${statusCode}`);
  }
}

/** The channel did not answer in time. */
class ChannelSilent extends Error {
  override readonly name = 'ChannelSilent';
}

export interface ChannelRequest {
  method: 'POST' | 'PUT';
  url: URL;
  body: string;
  authorization?: string;
}

const ANSWER_LIMIT_MS = 15_000;
const LARGEST_ANSWER = 1024 * 1024;
const KEPT = { keepAlive: true, timeout: ANSWER_LIMIT_MS };
const agents = { 'http:': new HttpAgent(KEPT), 'https:': new HttpsAgent(KEPT) };

/**
 * One try of one send, over a connection that is kept; follows no redirects. Resolves to the answer's JSON. The SDK's
 * own client serializes every activity field by field and takes most of a turn's processor time; this takes a fifth.
 * Throws ChannelRefused, ChannelSilent, and what the network throws.
 */
export function channelRequest({ method, url, body, authorization }: ChannelRequest): Promise<unknown> {
  const send = url.protocol === 'https:' ? httpsRequest : httpRequest;
  const agent = url.protocol === 'https:' ? agents['https:'] : agents['http:'];
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...(authorization && { authorization }),
  };
  return new Promise((resolve, reject) => {
    const request = send(url, { method, agent, headers, timeout: ANSWER_LIMIT_MS }, (response) => {
      answerOf(response).then(resolve, reject);
    });
    request.once('timeout', () => request.destroy(new ChannelSilent('the channel did not answer')));
    request.once('error', reject);
    request.end(body);
  });
}

async function answerOf(response: IncomingMessage): Promise<unknown> {
  const json = parsed(await textOf(response));
  const { statusCode = 0, headers } = response;
  if (statusCode >= 200 && statusCode < 300) return json;
  throw new ChannelRefused(statusCode, retryAfterMs(headers['retry-after']), errorCodeOf(json));
}

/** By events: the stream's async iterator costs more than all the rest of the answer. */
function textOf(response: IncomingMessage): Promise<string> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    response.on('data', (chunk: Buffer) => {
      length += chunk.length;
      if (length <= LARGEST_ANSWER) chunks.push(chunk);
    });
    response.once('end', () => resolve(Buffer.concat(chunks).toString('utf8')));
    response.once('error', reject);
  });
}

/** An answer that is not JSON says nothing beyond its status. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const errorCodeOf = (json: unknown): string | undefined => {
  const code = (json as { error?: { code?: unknown } } | undefined)?.error?.code;
  return typeof code === 'string' ? code.slice(0, 100) : undefined;
};

const retryAfterMs = (header: string | undefined): number | undefined => {
  const seconds = Number(header);
  return header && Number.isFinite(seconds) && seconds > 0 ? seconds * 1000 : undefined;
};
