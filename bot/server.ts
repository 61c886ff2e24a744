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
  /** 0 takes a free one. */
  port: number;
  /** Whose X-Forwarded-For is believed; see createClientAddresses. */
  trustedProxies?: readonly Network[];
  verify: VerifyActivity;
  /** Runs the turn of a verified activity; what it logs carries `requestId`. */
  turn(activity: ReadActivity, authorization: string | undefined, requestId: string): Promise<TurnAnswer>;
  endpoints: readonly Endpoint[];
  /** Whether the store can be reached; a throw counts as no. */
  ready(): Promise<boolean>;
  /** How long `stop` waits for what runs. Default 20 s. */
  stopWithinMs?: number;
  /** How long a body of pieces may take to be sent. Default 10 min. */
  sendWithinMs?: number;
  /** How an answer may be taken besides. */
  sendBounds?: Partial<SendBounds>;
  connectionBounds?: ConnectionBounds;
}

export interface Server {
  /** Throws KeyturnError 'settings' when the address cannot be had. */
  listen(): Promise<{ port: number }>;
  /** Refuses new work with 503, ends what only waits, lets what runs finish within its bound, then closes. */
  stop(): Promise<void>;
}

/** restify's types have forgotten it: what runs before all else, and ends a request by false. */
interface First {
  first(handler: (request: restify.Request, response: restify.Response) => boolean): void;
}
type Handle = (request: restify.Request, response: restify.Response, taken: Taken) => Promise<void>;

/** Carries requests to those who think: activities that `verify` lets through to the bot, the rest to the endpoint table. */
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
 * Before any routing. restify makes the URL that it routes by of the Host, and throws outside every catch:
 * here it is given one.
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

/** What was refused before its body was read to the end. */
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
      // A connection that the system cannot open, for want of files, is lost alone.
      server.on('error', (err: unknown) => log.error({ err }, 'a connection could not be taken'));
      resolve({ port: (server.server.address() as AddressInfo).port });
    });
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
