import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { reportPort } from '../stage/reportPort';

/**
 * Stands in for Teams' connector for messages that the bot sends unasked. `POST /begin` {limited} forgets
 * everything. With `limited` it answers as slowly as Teams, and refuses with 429 what exceeds Teams' limits.
 * `GET /taken` reports what it accepted and refused.
 */
interface Window {
  most: number;
  ms: number;
}
/** https://learn.microsoft.com/microsoftteams/platform/bots/how-to/rate-limit */
const TENANT: Window[] = [{ most: 50, ms: 1_000 }];
const THREAD: Window[] = [
  { most: 7, ms: 1_000 },
  { most: 8, ms: 2_000 },
  { most: 60, ms: 30_000 },
  { most: 1_800, ms: 3_600_000 },
];
const LATENCY_MS = 60;
/** A word in a card that the bench waits for; see `GET /taken`. */
const MARK = /mark-\d+-/g;

let limited = false;
let refused = 0;
/** When each message was accepted, in ms since 1970: all of them, and by conversation. */
let all: number[] = [];
let threads = new Map<string, number[]>();
let marks = new Map<string, number>();
let cards = 0;

function begin(on: boolean): void {
  limited = on;
  refused = 0;
  all = [];
  threads = new Map();
  marks = new Map();
}

/** Milliseconds until the limits allow another message; 0: now. */
function fullFor(taken: readonly number[], windows: readonly Window[], now: number): number {
  return Math.max(
    0,
    ...windows.map(({ most, ms }) => {
      const oldest = taken.at(-most);
      return oldest === undefined ? 0 : oldest + ms - now;
    }),
  );
}

const now = () => performance.timeOrigin + performance.now();

function take(conversation: string, body: string): { status: number; retryAfter?: number } {
  const at = now();
  const thread = threads.get(conversation) ?? [];
  const waitMs = limited ? Math.max(fullFor(all, TENANT, at), fullFor(thread, THREAD, at)) : 0;
  if (waitMs > 0) {
    refused += 1;
    return { status: 429, retryAfter: Math.ceil(waitMs / 1_000) };
  }
  all.push(at);
  threads.set(conversation, [...thread, at]);
  for (const mark of body.match(MARK) ?? []) if (!marks.has(mark)) marks.set(mark, at);
  return { status: 200 };
}

function answer(response: ServerResponse, status: number, body: object, retryAfter?: number): void {
  response.statusCode = status;
  response.setHeader('Content-Type', 'application/json');
  if (retryAfter) response.setHeader('Retry-After', retryAfter);
  response.end(JSON.stringify(body));
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

const taken = () => ({ times: all, conversations: threads.size, refused, marks: Object.fromEntries(marks) });

async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await bodyOf(request);
  const path = request.url ?? '/';
  if (path === '/taken') return answer(response, 200, taken());
  if (path === '/begin') {
    begin(JSON.parse(body).limited === true);
    return answer(response, 200, {});
  }
  const { status, retryAfter } = take(path.split('/')[3] ?? '', body);
  const send = () => answer(response, status, status === 200 ? { id: `1:${++cards}` } : {}, retryAfter);
  if (limited) setTimeout(send, LATENCY_MS);
  else send();
}

const server = createServer((request, response) => void serve(request, response));
server.keepAliveTimeout = 60_000;
reportPort(server);
