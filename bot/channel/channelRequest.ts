import type { Dispatcher } from 'undici';

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

export interface ChannelRequest {
  method: 'POST' | 'PUT';
  url: URL;
  body: string;
  authorization?: string;
}

const ANSWER_LIMIT_MS = 15_000;
const LARGEST_ANSWER = 1024 * 1024;

let agent: Dispatcher | undefined;

/** Made for the first send: reading the package takes as long as many turns, and no start has to wait for it. */
function kept(): Dispatcher {
  const { Agent } = require('undici') as typeof import('undici');
  agent ??= new Agent({
    connect: { timeout: ANSWER_LIMIT_MS },
    headersTimeout: ANSWER_LIMIT_MS,
    bodyTimeout: ANSWER_LIMIT_MS,
    keepAliveTimeout: ANSWER_LIMIT_MS,
  });
  return agent;
}

/**
 * One try of one send, over a connection that is kept; follows no redirects. Resolves to the answer's JSON. The SDK's
 * own client serializes every activity field by field and takes most of a turn's processor time; this takes a tenth.
 * Throws ChannelRefused, and what the network throws; for what is not answered within 15 seconds, too.
 */
export async function channelRequest(request: ChannelRequest): Promise<unknown> {
  const { statusCode, retryAfter, text } = await answerTo(request);
  const json = parsed(text);
  if (statusCode >= 200 && statusCode < 300) return json;
  throw new ChannelRefused(statusCode, retryAfterMs(retryAfter), errorCodeOf(json));
}

interface Answer {
  statusCode: number;
  retryAfter: string | undefined;
  text: string;
}

/** By the dispatcher itself: a stream for an answer of a few bytes costs more than the send. */
function answerTo({ method, url, body, authorization }: ChannelRequest): Promise<Answer> {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    ...(authorization && { authorization }),
  };
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const head = { statusCode: 0, retryAfter: undefined as string | undefined };
    let length = 0;
    kept().dispatch(
      { origin: url.origin, path: url.pathname + url.search, method, headers, body },
      {
        onRequestStart: () => undefined,
        onResponseStart(_controller, statusCode, { 'retry-after': retryAfter }) {
          Object.assign(head, { statusCode, retryAfter });
        },
        onResponseData(_controller, chunk) {
          length += chunk.length;
          if (length <= LARGEST_ANSWER) chunks.push(chunk);
        },
        onResponseEnd: () => resolve({ ...head, text: Buffer.concat(chunks).toString('utf8') }),
        onResponseError: (_controller, error) => reject(error),
      },
    );
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
