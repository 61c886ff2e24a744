import type { IncomingMessage } from 'node:http';
import { pipeline, type Transform } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

const UNPACKERS: Record<string, () => Transform> = {
  gzip: createGunzip,
  'x-gzip': createGunzip,
  deflate: createInflate,
  br: createBrotliDecompress,
};

/**
 * The body, unpacked when a server or proxy packed it without being asked. A broken body throws while it is
 * read.
 */
export function unpacked(response: IncomingMessage): AsyncIterable<Buffer> {
  const unpacker = UNPACKERS[response.headers['content-encoding']?.trim().toLowerCase() ?? ''];
  if (!unpacker) return response;
  return pipeline(response, unpacker(), () => undefined);
}
