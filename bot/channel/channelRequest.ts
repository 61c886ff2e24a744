import type { Dispatcher } from 'undici';
import { isWebPage, jsonOf } from '../../domain/agentProtocol/readJson';
import { retryAfterMs } from '../../domain/agentProtocol/retryAfter';
import { ChannelRefused, ChannelSilent, errorCodeOf } from './channelRefused';

export interface ChannelRequest {
  method: 'POST' | 'PUT';
  url: URL;
  body: string;
  authorization?: string;
}

const ANSWER_LIMIT_MS = 15_000;
const LARGEST_ANSWER = 1024 * 1024;

let agent: Dispatcher | undefined;

/** Made for the first send: loading the package takes as long as many turns, so no start waits for it. */
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
 * Tries one send once, over a connection that is kept; follows no redirects. Resolves to the answer's JSON.
 * The SDK's own client serializes every activity field by field and takes most of a turn's processor time;
 * this takes a tenth. Throws ChannelRefused; ChannelSilent without a whole answer within 15 seconds; and the
 * network's error when nothing was sent.
 */
export async function channelRequest(request: ChannelRequest): Promise<unknown> {
  const { statusCode, retryAfter, date, text } = await answerTo(request);
  const json = jsonOf(text);
  const inBetween = isWebPage(text);
  if (statusCode >= 200 && statusCode < 300 && !inBetween) return json;
  const waitMs = retryAfterMs(retryAfter, Date.now(), date);
  throw new ChannelRefused(statusCode, waitMs, errorCodeOf(json), inBetween);
}

interface Answer {
  statusCode: number;
  retryAfter: string | undefined;
  date: string | undefined;
  text: string;
}

/** Calls the dispatcher directly: a stream for an answer of a few bytes costs more than the send. */
function answerTo({ method, url, body, authorization }: ChannelRequest): Promise<Answer> {
  const headers = {
    'content-type': 'application/json; charset=utf-8',
    ...(authorization && { authorization }),
  };
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    const head: Omit<Answer, 'text'> = { statusCode: 0, retryAfter: undefined, date: undefined };
    let length = 0;
    let underWay = false;
    kept().dispatch(
      { origin: url.origin, path: url.pathname + url.search, method, headers, body },
      {
        onRequestStart() {
          underWay = true;
        },
        onResponseStart(_controller, statusCode, { 'retry-after': retryAfter, date }) {
          Object.assign(head, { statusCode, retryAfter, date });
        },
        onResponseData(_controller, chunk) {
          length += chunk.length;
          if (length <= LARGEST_ANSWER) chunks.push(chunk);
        },
        onResponseEnd: () => resolve({ ...head, text: Buffer.concat(chunks).toString('utf8') }),
        onResponseError: (_controller, error) => reject(underWay ? new ChannelSilent(error) : error),
      },
    );
  });
}
