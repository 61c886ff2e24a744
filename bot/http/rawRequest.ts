import { setMaxListeners } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { RawRequest } from '../../domain/http';
import { readRaw } from './readBody';

/** The request as it came. What was too large closes the connection with the answer. */
export async function rawRequest(
  request: IncomingMessage,
  response: ServerResponse,
  mostBytes: number,
  stopping: AbortSignal,
): Promise<RawRequest> {
  const bytes = await readRaw(request, mostBytes);
  if (bytes === 'tooLarge') response.setHeader('Connection', 'close');
  const { authorization, 'content-type': contentType, 'content-encoding': contentEncoding } = request.headers;
  return { authorization, contentType, contentEncoding, bytes, ended: endOf(response, stopping) };
}

/** Aborted with the connection, or with the process; by hand, for AbortSignal.any keeps what it was made of. */
function endOf(response: ServerResponse, stopping: AbortSignal): AbortSignal {
  const ended = new AbortController();
  const end = () => ended.abort();
  if (stopping.aborted) end();
  setMaxListeners(0, stopping);
  stopping.addEventListener('abort', end, { once: true });
  response.once('close', () => {
    stopping.removeEventListener('abort', end);
    end();
  });
  return ended.signal;
}
