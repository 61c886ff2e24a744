import type { IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import restify from 'restify';
import { settingsFault } from '../domain/errors';
import type { Endpoint } from '../domain/http';
import type { TurnAnswer } from './channel/activityAdapter';
import type { ReadActivity } from './channel/envelope';
import type { VerifyActivity } from './channel/verifyActivity';
import { answer, answerWith, endUnlessTaken, SEND_BOUNDS, type SendBounds } from './http/answer';
import type { BodyBudget } from './http/bodyBudget';
import { type ClientAddresses, createClientAddresses, type Network } from './http/clientAddress';
import type { ConnectionBounds, Connections } from './http/connections';
import { parseCookies } from './http/cookies';
import { createFrontDoor, type FrontDoorOptions, HEALTH_PATHS, type Taken } from './http/frontDoor';
import { HttpRefusal } from './http/httpRefusal';
import { limitServer } from './http/limitServer';
import { rawRequest } from './http/rawRequest';
import { readForm, readJson, readJsonOrForm } from './http/readBody';
import { createReadiness } from './http/readiness';
import { createRunning } from './http/running';
import { logOfRequest, type ProcessLog } from './logging/log';

export interface ServerOptions extends FrontDoorOptions {
  host: string;
  /** 0 takes a free port. */
  port: number;
  /** The proxies whose X-Forwarded-For is trusted; see createClientAddresses. */
  trustedProxies?: readonly Network[];
  verify: VerifyActivity;
  /** Runs the turn of a verified activity; its log lines have `requestId`. */
  turn(activity: ReadActivity, authorization: string | undefined, requestId: string): Promise<TurnAnswer>;
  endpoints: readonly Endpoint[];
  /** Whether the store is reachable; a throw counts as no. */
  ready(): Promise<boolean>;
  /** How long `stop` waits for running work. Default 20 s. */
  stopWithinMs?: number;
  /** How long sending a body of pieces may take. Default 10 min. */
  sendWithinMs?: number;
  /** The other bounds of taking an answer. */
  sendBounds?: Partial<SendBounds>;
  connectionBounds?: ConnectionBounds;
}

export interface Server {
  /** Throws KeyturnError 'settings' when the address is not available. */
  listen(): Promise<{ port: number }>;
  /**
   * Refuses new work with 503, ends requests that only wait, lets running work finish within its bound, then
   * closes.
   */
  stop(): Promise<void>;
}

/** Missing in restify's types: runs before everything else, and ends a request by returning false. */
interface First {
  first(handler: (request: restify.Request, response: restify.Response) => boolean): void;
}
type Handle = (request: restify.Request, response: restify.Response, taken: Taken) => Promise<void>;

/** Routes requests: activities that `verify` accepts go to the bot, the rest to the endpoint table. */
export function createServer(options: ServerOptions): Server {
  const server = restify.createServer({ name: '' }) as restify.Server & First;
  const running = createRunning();
  const ending = new AbortController();
  let stopping = false;
  const bounds = boundsOf(options);
  const addresses = createClientAddresses(options.trustedProxies);
  const connections = limitServer(server.server, addresses, options.log, options.connectionBounds);
  const isReady = createReadiness(options.ready);
  const takenOf = takeIn(server, options, addresses, connections);
  const route = (handle: Handle) => async (request: restify.Request, response: restify.Response) => {
    const taken = takenOf(request);
    if (stopping) return refuseWhileStopping(response);
    await running
      .run(() => handle(request, response, taken))
      .catch((error) => fail(error, response, logOfRequest(options.log, taken.requestId)));
    endUnlessTaken(response, bounds.smallWithinMs);
  };
  server.post('/api/messages', route(messages(options)));
  for (const endpoint of options.endpoints) {
    server[endpoint.method === 'GET' ? 'get' : 'post'](
      endpoint.path,
      route(endpointHandler(endpoint, ending.signal, bounds)),
    );
  }
  server.get(HEALTH_PATHS.alive, async (_request: restify.Request, response: restify.Response) =>
    answer(response, 200, { alive: true }),
  );
  server.get(HEALTH_PATHS.ready, async (_request: restify.Request, response: restify.Response) => {
    const ready = !stopping && (await isReady());
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

/**
 * Runs before routing. restify builds the URL that it routes by from the Host, and throws outside every
 * catch: this gives it a safe one.
 */
function takeIn(
  server: restify.Server & First,
  options: ServerOptions,
  addresses: ClientAddresses,
  connections: Connections,
): (request: IncomingMessage) => Taken {
  const admit = createFrontDoor(options, addresses, connections);
  const admitted = new WeakMap<IncomingMessage, Taken>();
  server.first((request, response) => {
    const taken = admit(request, response, () => request.getRoute()?.path.toString());
    if (!taken) return false;
    admitted.set(request, taken);
    const url = new URL(`http://localhost${taken.target.path}`);
    Object.assign(request, { getUrl: () => url });
    return true;
  });
  server.on(
    'restifyError',
    (_request, response: restify.Response, error: { statusCode?: number }, done: () => void) => {
      if (!response.headersSent) response.sendRaw(error.statusCode ?? 500, '');
      done();
    },
  );
  return (request) => {
    const taken = admitted.get(request);
    if (!taken) throw new TypeError('a request that was not admitted');
    return taken;
  };
}

function messages({ verify, turn, log }: ServerOptions): Handle {
  return async (request, response, { requestId, budget }) => {
    const { authorization } = request.headers;
    const verdict = await verify({
      authorization,
      body: await readJson(request, budget),
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

function endpointHandler(endpoint: Endpoint, ending: AbortSignal, bounds: SendBounds): Handle {
  return async (request, response, { requestId, target, address, client, budget }) => {
    const outcome = await endpoint.handle({
      method: endpoint.method,
      ...target,
      cookies: parseCookies(request.headers.cookie),
      ...(endpoint.raw
        ? { raw: await rawRequest(request, response, budget, endpoint.raw.mostBytes, [client.ended, ending]) }
        : { body: await readBodyOf(endpoint, request, budget) }),
      requestId,
      address,
      client,
    });
    await answerWith(response, outcome, client.ended, bounds);
  };
}

const boundsOf = ({ sendBounds, sendWithinMs: withinMs }: ServerOptions): SendBounds => ({
  ...SEND_BOUNDS,
  ...sendBounds,
  ...(withinMs && { withinMs }),
});

function readBodyOf(
  { method, form }: Endpoint,
  request: restify.Request,
  budget: BodyBudget,
): Promise<unknown> {
  if (method === 'GET') return Promise.resolve(undefined);
  return form ? readForm(request, budget, form.mostBytes) : readJsonOrForm(request, budget);
}

/** Answers a request that was refused before its body was read to the end. */
const unread = [408, 413, 503];

function fail(error: unknown, response: restify.Response, log: ProcessLog): void {
  const refused = error instanceof HttpRefusal;
  if (refused) log.warn({ why: error.message }, 'request refused');
  else log.error({ err: error }, 'request failed');
  if (response.headersSent) return void response.destroy();
  if (refused && unread.includes(error.status)) response.setHeader('Connection', 'close');
  if (refused && error.status === 503) response.setHeader('Retry-After', '5');
  answer(response, refused ? error.status : 500);
}

function refuseWhileStopping(response: restify.Response): void {
  response.setHeader('Connection', 'close');
  response.setHeader('Retry-After', '5');
  answer(response, 503);
}

function listen(server: restify.Server, { host, port, log }: ServerOptions): Promise<{ port: number }> {
  return new Promise((resolve, reject) => {
    server.once('error', (cause: NodeJS.ErrnoException) => {
      reject(settingsFault(`HOST ${host} with PORT ${port} cannot be listened on (${cause.code})`, cause));
    });
    server.listen(port, host, () => {
      // A connection that the system cannot open, because files run out, is the only one lost.
      server.on('error', (err: unknown) => log.error({ err }, 'a connection could not be taken'));
      resolve({ port: (server.server.address() as AddressInfo).port });
    });
  });
}

/** Closes idle connections at once; those that still send an answer have one more second. */
function close(server: restify.Server): Promise<void> {
  return new Promise((resolve) => {
    const impatience = setTimeout(() => server.server.closeAllConnections(), 1_000);
    server.server.close(() => {
      clearTimeout(impatience);
      resolve();
    });
  });
}
