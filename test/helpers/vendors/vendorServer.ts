import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';

export interface VendorRequest {
  path: string;
  query: Record<string, string>;
  apiKey: string | undefined;
}

/**
 * The server's answer: a status and a body (text unchanged, anything else as JSON), or a function that
 * answers.
 */
export type Play =
  | { status?: number; headers?: Record<string, string>; body?: unknown }
  | ((response: ServerResponse, request: IncomingMessage) => void);

export interface VendorServer {
  port: number;
  requests: VendorRequest[];
  connections(): number;
  /**
   * Sets the answer to every request from now on. Several answers are given in order, and the last one
   * repeats.
   */
  play(...plays: [Play, ...Play[]]): void;
  /** Sets the answer for one path, which comes before all others. */
  playAt(path: string, play: Play): void;
  close(): Promise<void>;
}

interface ServerOptions {
  host?: string;
  tls?: { key: string; cert: string };
}

/** The authority's certificate that `npm test` makes this process trust. */
export function trustedTls(): { key: string; cert: string } {
  const folder = process.env.KEYTURN_TEST_TLS_DIR;
  if (!folder) throw new TypeError('Run this with npm test: it makes the process trust the test authority.');
  const read = (name: string) => readFileSync(join(folder, name), 'utf8');
  return { key: read('key.pem'), cert: read('cert.pem') };
}

/** A small HTTPS server on loopback that plays recorded answers. */
export async function startVendorServer(options: ServerOptions = {}): Promise<VendorServer> {
  const requests: VendorRequest[] = [];
  const paths = new Map<string, Play>();
  let plays: Play[] = [{ status: 500 }];
  let connections = 0;
  const server = createServer(options.tls ?? trustedTls(), (request, response) => {
    const { pathname: path, searchParams } = new URL(request.url ?? '/', 'https://vendor.test');
    const apiKey = request.headers['x-api-key'];
    requests.push({ path, query: Object.fromEntries(searchParams), apiKey: apiKey?.toString() });
    const [first = { status: 500 }] = plays;
    if (!paths.has(path) && plays.length > 1) plays.shift();
    say(paths.get(path) ?? first, request, response);
  });
  server.on('connection', () => {
    connections++;
  });
  await new Promise<void>((done) => server.listen(0, options.host ?? '127.0.0.1', done));
  const address = server.address();
  return {
    port: address && typeof address === 'object' ? address.port : 0,
    requests,
    connections: () => connections,
    play: (...list) => {
      plays = list;
    },
    playAt: (path, play) => void paths.set(path, play),
    close: () =>
      new Promise((done) => {
        server.close(() => done());
        server.closeAllConnections();
      }),
  };
}

function say(play: Play, request: IncomingMessage, response: ServerResponse): void {
  if (typeof play === 'function') {
    play(response, request);
    return;
  }
  const { status = 200, headers = {}, body = {} } = play;
  response.writeHead(status, { 'content-type': 'application/json', ...headers });
  response.end(typeof body === 'string' ? body : JSON.stringify(body));
}
