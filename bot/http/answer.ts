import type { ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { HttpResponse } from '../../domain/http';

/** Set on every answer; an endpoint's own headers win, e.g. a page's Content-Security-Policy. */
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

/** Ends the response, once; objects go out as JSON. */
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

/**
 * Resolves when a body of pieces is sent; throws, with the response cut off, when it cannot be had to its end, or is not taken
 * within `withinMs`: who does not read holds nothing up for ever.
 */
export async function answerWith(
  response: ServerResponse,
  { status, headers, cookies, body }: HttpResponse,
  withinMs: number,
): Promise<void> {
  response.statusCode = status;
  for (const [name, value] of Object.entries(headers)) response.setHeader(name, value);
  if (cookies?.length) response.setHeader('Set-Cookie', cookies);
  if (typeof body === 'string' || body instanceof Buffer) response.end(body);
  else await pipeline(Readable.from(body), response, { signal: AbortSignal.timeout(withinMs) });
}
