import { randomUUID } from 'node:crypto';
import type { AddressInfo } from 'node:net';
import type { Activity } from 'botframework-schema';
import restify from 'restify';
import { settingsFault } from '../domain/errors';
import type { Endpoint } from '../domain/http';
import type { TurnAnswer } from './channel/activityAdapter';
import type { VerifyActivity } from './channel/verifyActivity';
import { answer, answerWith, defaultHeaders } from './http/answer';
import { parseCookies } from './http/cookies';
import { HttpRefusal } from './http/httpRefusal';
import { rawRequest } from './http/rawRequest';
import { readForm, readJson, readJsonOrForm } from './http/readBody';
import { createRunning } from './http/running';
import { logOfRequest, type ProcessLog } from './log';

export interface ServerOptions {
  host: string;
  /** 0 takes a free one. */
  port: number;
  publicUrl: string;
  log: ProcessLog;
  verify: VerifyActivity;
  /** Runs the turn of a verified activity; what it logs carries `requestId`. */
  turn(activity: Activity, authorization: string | undefined, requestId: string): Promise<TurnAnswer>;
  endpoints: readonly Endpoint[];
  /** Whether the store can be reached; a throw counts as no. */
  ready(): Promise<boolean>;
  /** How long `stop` waits for what runs. Default 20 s. */
  stopWithinMs?: number;
  /** How long a body of pieces may take to be sent. Default 10 min: 72 MB at 1 Mbit/s. */
  sendWithinMs?: number;
}

export interface Server {
  /** Throws KeyturnError 'settings' when the address cannot be had. */
  listen(): Promise<{ port: number }>;
  /** Refuses new work with 503, ends what only waits, lets what runs finish within its bound, then closes. */
  stop(): Promise<void>;
}

type Handle = (request: restify.Request, response: restify.Response, requestId: string) => Promise<void>;

const saneRequestId = /^[\w-]{8,64}$/;

/** Carries requests to those who think: activities that `verify` lets through to the bot, the rest to the endpoint table. */
export function createServer(options: ServerOptions): Server {
  const server = restify.createServer({ name: 'keyturn' });
  const running = createRunning();
  const ending = new AbortController();
  let stopping = false;
  limitConnections(server);
  takeIn(server, options);
  const route = (handle: Handle) => async (request: restify.Request, response: restify.Response) => {
    const requestId = String(response.getHeader('X-Request-Id'));
    if (stopping) return refuseWhileStopping(response);
    await running
      .run(() => handle(request, response, requestId))
      .catch((error) => fail(error, response, logOfRequest(options.log, requestId)));
  };
  server.post('/api/messages', route(messages(options)));
  for (const endpoint of options.endpoints) {
    server[endpoint.method === 'GET' ? 'get' : 'post'](
      endpoint.path,
      route(endpointHandler(endpoint, ending.signal, options.sendWithinMs ?? 600_000)),
    );
  }
  server.get('/healthz', async (_request: restify.Request, response: restify.Response) =>
    answer(response, 200, { alive: true }),
  );
  server.get('/readyz', async (_request: restify.Request, response: restify.Response) => {
    const ready = !stopping && (await options.ready().catch(() => false));
    answer(response, ready ? 200 : 503, { ready });
  });
  return {
    listen: () => listen(server, options),
    async stop() {
      stopping = true;
      ending.abort();
      const left = await running.settled(options.stopWithinMs ?? 20_000);
      if (left > 0) options.log.warn({ left }, 'stopped although requests were still running');
      await close(server);
    },
  };
}

function limitConnections(server: restify.Server): void {
  server.server.headersTimeout = 10_000;
  server.server.requestTimeout = 30_000;
  server.server.keepAliveTimeout = 65_000;
  // Each agent at a customer holds one open.
  server.server.maxConnections = 10_000;
}

/** Before any routing: the request's id, the headers of every answer, the access log, and our own words for unknown paths. */
function takeIn(server: restify.Server, { publicUrl, log }: ServerOptions): void {
  const headers = Object.entries(defaultHeaders(publicUrl));
  server.pre((request, response, next) => {
    const began = performance.now();
    const given = request.header('x-request-id', '');
    const requestId = saneRequestId.test(given) ? given : randomUUID();
    response.removeHeader('Server');
    response.setHeader('X-Request-Id', requestId);
    for (const [name, value] of headers) response.setHeader(name, value);
    response.once('close', () => {
      const route = request.getRoute()?.path ?? 'none';
      const status = response.writableFinished ? response.statusCode : 'aborted';
      log.info(
        { requestId, method: request.method, route, status, ms: Math.round(performance.now() - began) },
        'request',
      );
    });
    next();
  });
  server.on(
    'restifyError',
    (_request, response: restify.Response, error: { statusCode?: number }, done: () => void) => {
      response.sendRaw(error.statusCode ?? 500, '');
      done();
    },
  );
}

function messages({ verify, turn, log }: ServerOptions): Handle {
  return async (request, response, requestId) => {
    const { authorization } = request.headers;
    const verdict = await verify({
      authorization,
      body: await readJson(request),
      remoteAddress: request.socket.remoteAddress,
    });
    if (!verdict.ok) {
      log.warn({ requestId, why: verdict.why }, 'activity refused');
      return answer(response, 401);
    }
    const { status, body } = await turn(verdict.activity, authorization, requestId);
    answer(response, status, body);
  };
}

function endpointHandler(endpoint: Endpoint, ending: AbortSignal, sendWithinMs: number): Handle {
  return async (request, response, requestId) => {
    const url = new URL(request.url ?? '/', 'http://localhost');
    const outcome = await endpoint.handle({
      method: endpoint.method,
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      cookies: parseCookies(request.headers.cookie),
      ...(endpoint.raw
        ? { raw: await rawRequest(request, response, endpoint.raw.mostBytes, ending) }
        : { body: await readBodyOf(endpoint, request) }),
      requestId,
      address: request.socket.remoteAddress,
    });
    await answerWith(response, outcome, sendWithinMs);
  };
}

function readBodyOf({ method, form }: Endpoint, request: restify.Request): Promise<unknown> {
  if (method === 'GET') return Promise.resolve(undefined);
  return form ? readForm(request, form.mostBytes) : readJsonOrForm(request);
}

function fail(error: unknown, response: restify.Response, log: ProcessLog): void {
  const refused = error instanceof HttpRefusal;
  if (refused) log.warn({ why: error.message }, 'request refused');
  else log.error({ err: error }, 'request failed');
  if (refused && error.status === 413) response.setHeader('Connection', 'close');
  if (response.headersSent) response.destroy();
  else answer(response, refused ? error.status : 500);
}

function refuseWhileStopping(response: restify.Response): void {
  response.setHeader('Connection', 'close');
  response.setHeader('Retry-After', '5');
  answer(response, 503);
}

function listen(server: restify.Server, { host, port }: ServerOptions): Promise<{ port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(settingsFault(`HOST ${host} with PORT ${port} cannot be listened on (${cause.code})`, cause));
    });
    server.listen(port, host, () => resolve({ port: (server.server.address() as AddressInfo).port }));
  });
}

/** Idle connections go at once; one second is left to those that still carry an answer away. */
function close(server: restify.Server): Promise<void> {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => server.server.closeAllConnections(), 1_000);
    server.server.close(() => {
      clearTimeout(impatience);
      resolve();
    });
  });
}
