import { setMaxListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RawRequest } from '../../domain/http';
import type { BodyBudget } from './bodyBudget';
import { readRaw } from './readBody';

/** The request with its bytes unchanged. After a body that is too large, the answer closes the connection. */
export async function rawRequest(
  request: IncomingMessage,
  response: ServerResponse,
  budget: BodyBudget,
  mostBytes: number,
  ends: readonly AbortSignal[],
): Promise<RawRequest> {
  const bytes = await readRaw(request, budget, mostBytes);
  if (bytes === 'tooLarge') response.setHeader('Connection', 'close');
  const { authorization, 'content-type': contentType, 'content-encoding': contentEncoding } = request.headers;
  return { authorization, contentType, contentEncoding, bytes, ended: firstOf(ends) };
}

/** Aborts with the first of them. AbortSignal.any would keep its sources in memory. */
function firstOf(ends: readonly AbortSignal[]): AbortSignal {
  const ended = new AbortController();
  const end = () => {
    for (const one of ends) one.removeEventListener('abort', end);
    ended.abort();
  };
  for (const one of ends) {
    setMaxListeners(0, one);
    one.addEventListener('abort', end, { once: true });
  }
  if (ends.some(({ aborted }) => aborted)) end();
  return ended.signal;
}
