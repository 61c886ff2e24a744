import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from 'node:http';
import { createServer as createHttpsServer } from 'node:https';
import type { AddressInfo } from 'node:net';

const MAX_BODY = 64 * 1024;

export interface SandboxRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: IncomingHttpHeaders;
  /** An `application/x-www-form-urlencoded` body. */
  form: URLSearchParams;
}

export interface SandboxResponse {
  status: number;
  headers?: Record<string, string>;
  body?: string;
}

export const json = (
  status: number,
  value: unknown,
  headers: Record<string, string> = {},
): SandboxResponse => ({
  status,
  headers: { 'content-type': 'application/json; charset=utf-8', 'cache-control': 'no-store', ...headers },
  body: JSON.stringify(value),
});

export const redirect = (location: string, headers: Record<string, string> = {}): SandboxResponse => ({
  status: 302,
  headers: { location, 'cache-control': 'no-store', ...headers },
});

export interface Listener {
  port: number;
  stop(): Promise<void>;
}

/** Listens on loopback only; port 0 is any free one. Without `tls` it uses plain HTTP. */
export async function listen(
  handle: (request: SandboxRequest) => Promise<SandboxResponse>,
  port: number,
  tls?: { key: string; cert: string },
): Promise<Listener> {
  const answer = (request: IncomingMessage, response: ServerResponse) =>
    void serve(handle, request, response);
  const server: Server = tls ? createHttpsServer(tls, answer) : createServer(answer);
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, '127.0.0.1', resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

async function serve(
  handle: (request: SandboxRequest) => Promise<SandboxResponse>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    const { status, headers, body } = await handle(await read(request));
    response.writeHead(status, headers);
    response.end(body);
  } catch (error) {
    // A fault of the sandbox itself is printed by the server, because the caller cannot do anything about it.
    process.stderr.write(`sandbox: ${error instanceof Error ? error.stack : String(error)}\n`);
    if (!response.headersSent) response.writeHead(500, { 'content-type': 'text/plain' });
    response.end('The sandbox itself failed.');
  }
}

async function read(request: IncomingMessage): Promise<SandboxRequest> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += (chunk as Buffer).length;
    if (size <= MAX_BODY) chunks.push(chunk as Buffer);
  }
  const target = request.url ?? '/';
  const url = new URL(target.startsWith('/') ? `http://127.0.0.1${target}` : 'http://127.0.0.1/nowhere');
  return {
    method: request.method ?? 'GET',
    path: url.pathname,
    query: url.searchParams,
    headers: request.headers,
    form: new URLSearchParams(size <= MAX_BODY ? Buffer.concat(chunks).toString('utf8') : ''),
  };
}
