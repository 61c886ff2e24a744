import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { HttpResponse } from '../../domain/http';
import { HttpRefusal } from './httpRefusal';
import { type Pace, watchPace } from './pace';

/** The headers of every answer; an endpoint's own headers win, e.g. a page's Content-Security-Policy. */
export function defaultHeaders(publicUrl: string): Record<string, string> {
  const headers = {
    'Content-Security-Policy':
      "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    'X-Content-Type-Options': 'nosniff',
    'X-Frame-Options': 'DENY',
    'Referrer-Policy': 'no-referrer',
    'Cache-Control': 'no-store',
  };
  const https = publicUrl.startsWith('https:');
  return https ? { ...headers, 'Strict-Transport-Security': 'max-age=31536000' } : headers;
}

/** Ends the response, once; sends objects as JSON. */
export function answer(response: ServerResponse, status: number, body?: unknown): void {
  if (response.writableEnded) return;
  response.statusCode = status;
  if (body === undefined || body === '') {
    response.end();
    return;
  }
  response.setHeader('Content-Type', 'application/json; charset=utf-8');
  response.end(JSON.stringify(body));
}

/** How slowly a client may take an answer. */
export interface SendBounds {
  /** The most time for a whole body of pieces. */
  withinMs: number;
  /** The slowest pace for a body of pieces. */
  pace: Pace;
  /** The most time for a body that is ready as a whole. */
  smallWithinMs: number;
}
export const SEND_BOUNDS: SendBounds = {
  // 72 MB at 1 Mbit/s
  withinMs: 600_000,
  pace: { bytes: 160 * 1024, withinMs: 20_000 },
  smallWithinMs: 60_000,
};

/**
 * Resolves when a body of pieces is sent. Throws and cuts off the response when the body breaks off, when
 * `ended` or its own `cut` is aborted, or when the client takes it too slowly: a client that does not read
 * holds up nothing.
 */
export async function answerWith(
  response: ServerResponse,
  { status, headers, cookies, body, cut }: HttpResponse,
  ended: AbortSignal,
  bounds: SendBounds,
): Promise<void> {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (cookies?.length) response.setHeader('Set-Cookie', cookies);
  if (typeof body === 'string' || Buffer.isBuffer(body)) response.end(body);
  else await sendPieces(response, body, cut ? [ended, cut] : [ended], bounds);
}

async function sendPieces(
  response: ServerResponse,
  body: AsyncIterable<string | Uint8Array>,
  ends: readonly AbortSignal[],
  { withinMs, pace }: SendBounds,
): Promise<void> {
  const cut = new AbortController();
  const end = () => cut.abort();
  const timer = setTimeout(end, withinMs).unref();
  const watch = watchPace(pace, end);
  const notTaken = new Promise<never>((_resolve, reject) => {
    cut.signal.addEventListener('abort', () => reject(new HttpRefusal(408, 'the answer was not taken')));
  });
  for (const ended of ends) ended.addEventListener('abort', end, { once: true });
  try {
    if (ends.some(({ aborted }) => aborted)) end();
    // An answer behind another one on a dead connection never closes: the pipeline alone would wait for
    // ever.
    await Promise.race([notTaken, sent(response, counted(body, watch.moved), cut.signal)]);
  } finally {
    watch.stop();
    clearTimeout(timer);
    for (const ended of ends) ended.removeEventListener('abort', end);
  }
}

/** The code that cuts off the answer reports it. */
const sent = (response: ServerResponse, pieces: AsyncIterable<string | Uint8Array>, signal: AbortSignal) =>
  pipeline(Readable.from(pieces), response, { signal }).catch((error) => {
    if (!signal.aborted) throw error;
  });

async function* counted(pieces: AsyncIterable<string | Uint8Array>, moved: (bytes: number) => void) {
  for await (const piece of pieces) {
    moved(piece.length);
    yield piece;
  }
}

/** Ends the connection of a client that does not take a ready answer. */
export function endUnlessTaken(response: ServerResponse, withinMs: number): void {
  if (response.writableFinished || response.destroyed) return;
  const timer = setTimeout(() => response.req.socket.destroy(), withinMs).unref();
  response.once('close', () => clearTimeout(timer));
}
