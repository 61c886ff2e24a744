import type { IncomingMessage } from 'node:http';
import { HttpRefusal } from './httpRefusal';

const mostBytes = 256 * 1024;
const utf8 = new TextDecoder();
const FORM = 'application/x-www-form-urlencoded';

/** The body as JSON. Throws HttpRefusal: 415 other than JSON, 413 above 256 KB, 400 not parsable. */
export async function readJson(request: IncomingMessage): Promise<unknown> {
  if (mediaType(request) !== 'application/json') throw new HttpRefusal(415, 'not JSON');
  return parseJson(await readText(request));
}

/** The body as JSON, or as the fields of a form. Throws HttpRefusal as `readJson` does. */
export async function readJsonOrForm(request: IncomingMessage): Promise<unknown> {
  return mediaType(request) === FORM ? readForm(request) : readJson(request);
}

/** The fields of a form. Throws HttpRefusal: 415 other than a form, 413 above `most` bytes. */
export async function readForm(request: IncomingMessage, most = mostBytes): Promise<unknown> {
  if (mediaType(request) !== FORM) throw new HttpRefusal(415, 'not a form');
  return Object.fromEntries(new URLSearchParams(await readText(request, most)));
}

/** The bytes as they came, whatever they are; 'tooLarge' above `most`, with the rest thrown away. Throws HttpRefusal when they are cut off. */
export async function readRaw(request: IncomingMessage, most: number): Promise<Buffer | 'tooLarge'> {
  try {
    if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge();
    return await readBytes(request, most);
  } catch (error) {
    if (!(error instanceof HttpRefusal && error.status === 413)) throw error;
    await throwAway(request);
    return 'tooLarge';
  }
}

/** More than anybody sends by mistake. */
const mostThrownAway = 16 * 1024 * 1024;

/** Whoever still sends does not read the answer: it would be lost with the connection. Ends at a bound all the same. */
function throwAway(request: IncomingMessage): Promise<void> {
  return new Promise((resolve) => {
    let bytes = 0;
    request.on('data', (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes <= mostThrownAway) return;
      request.pause();
      resolve();
    });
    request.once('end', resolve);
    request.once('close', resolve);
    request.resume();
  });
}

function mediaType(request: IncomingMessage): string | undefined {
  return request.headers['content-type']?.split(';')[0]?.trim().toLowerCase();
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new HttpRefusal(400, 'bad JSON');
  }
}

async function readText(request: IncomingMessage, most = mostBytes): Promise<string> {
  if (request.headers['content-encoding']) throw new HttpRefusal(415, 'content encoding');
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge();
  return utf8.decode(await readBytes(request, most));
}

/** By events: the stream's async iterator costs each request more than all the rest of taking it in. */
function readBytes(request: IncomingMessage, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const take = (chunk: Buffer) => {
      bytes += chunk.length;
      chunks.push(chunk);
      if (bytes <= most) return;
      request.off('data', take).pause();
      reject(tooLarge());
    };
    request.on('data', take);
    request.once('end', () => resolve(Buffer.concat(chunks)));
    const cutOff = () => reject(new HttpRefusal(400, 'cut off'));
    request.once('error', cutOff);
    request.once('close', () => request.complete || cutOff());
  });
}

const tooLarge = () => new HttpRefusal(413, 'too large');
