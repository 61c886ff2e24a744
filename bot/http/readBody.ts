import type { IncomingMessage } from 'node:http';
import type { BodyBudget } from './bodyBudget';
import { HttpRefusal } from './httpRefusal';
import { type Pace, watchPace } from './pace';

const mostBytes = 256 * 1024;
/** A client that sends a body more slowly is cut off, long before the time for the whole request is over. */
const SLOWEST: Pace = { bytes: 4 * 1024, withinMs: 8_000 };
const utf8 = new TextDecoder();
const FORM = 'application/x-www-form-urlencoded';

/**
 * The body as JSON. Throws HttpRefusal: 415 for another type, 413 above 256 KB, 400 when it does not parse;
 * like all functions here, 408 when it comes too slowly and 503 when the budget is spent.
 */
export async function readJson(request: IncomingMessage, budget: BodyBudget): Promise<unknown> {
  if (mediaType(request) !== 'application/json') throw new HttpRefusal(415, 'not JSON');
  return parseJson(await readText(request, budget));
}

/** The body as JSON, or as the fields of a form. Throws HttpRefusal as `readJson` does. */
export async function readJsonOrForm(request: IncomingMessage, budget: BodyBudget): Promise<unknown> {
  return mediaType(request) === FORM ? readForm(request, budget) : readJson(request, budget);
}

/** The fields of a form. Throws HttpRefusal: 415 for another type, 413 above `most` bytes. */
export async function readForm(
  request: IncomingMessage,
  budget: BodyBudget,
  most = mostBytes,
): Promise<unknown> {
  if (mediaType(request) !== FORM) throw new HttpRefusal(415, 'not a form');
  return Object.fromEntries(new URLSearchParams(await readText(request, budget, most)));
}

/**
 * The bytes of the body, unchanged; 'tooLarge' above `most`, when it discards the rest. Throws HttpRefusal
 * when the body is cut off.
 */
export async function readRaw(
  request: IncomingMessage,
  budget: BodyBudget,
  most: number,
): Promise<Buffer | 'tooLarge'> {
  try {
    if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge();
    return await readBytes(request, budget, most);
  } catch (error) {
    if (!(error instanceof HttpRefusal && error.status === 413)) throw error;
    await throwAway(request);
    return 'tooLarge';
  }
}

/** More than anybody sends by mistake. */
const mostThrownAway = 16 * 1024 * 1024;

/**
 * A client that still sends does not read the answer: closing now would lose it. Discarding ends at a bound
 * all the same.
 */
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

async function readText(request: IncomingMessage, budget: BodyBudget, most = mostBytes): Promise<string> {
  if (request.headers['content-encoding']) throw new HttpRefusal(415, 'content encoding');
  if (Number(request.headers['content-length'] ?? 0) > most) throw tooLarge();
  return utf8.decode(await readBytes(request, budget, most));
}

/** Uses events: for each request the stream's async iterator costs more than all other reading. */
function readBytes(request: IncomingMessage, budget: BodyBudget, most: number): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let bytes = 0;
    const refuse = (why: HttpRefusal) => {
      watch.stop();
      request.off('data', take).pause();
      reject(why);
    };
    const watch = watchPace(SLOWEST, () => refuse(new HttpRefusal(408, 'too slow')));
    const take = (chunk: Buffer) => {
      bytes += chunk.length;
      if (bytes > most) return refuse(tooLarge());
      if (!budget(chunk.length)) return refuse(new HttpRefusal(503, 'no room for more bodies'));
      watch.moved(chunk.length);
      chunks.push(chunk);
    };
    request.on('data', take);
    request.once('end', () => {
      watch.stop();
      resolve(Buffer.concat(chunks));
    });
    const cutOff = () => {
      watch.stop();
      reject(new HttpRefusal(400, 'cut off'));
    };
    request.once('error', cutOff);
    request.once('close', () => request.complete || cutOff());
  });
}

const tooLarge = () => new HttpRefusal(413, 'too large');
