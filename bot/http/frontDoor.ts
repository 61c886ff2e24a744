import { randomUUID } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { ProcessLog } from '../logging/log';
import { answer, defaultHeaders } from './answer';
import { type BodyBudget, createBodyBudget } from './bodyBudget';
import { type ClientAddresses, countedAs } from './clientAddress';
import type { Connections } from './connections';
import { createEnding, type Ending } from './ending';
import { createHostCheck, hostOf } from './requestHost';
import { parseTarget, type Target } from './requestTarget';

/** What is known of a request before any work on it. */
export interface Taken {
  requestId: string;
  target: Target;
  address: string;
  /** The sender as limits count it, and the moment from which nobody waits for the answer. */
  client: { key: string; readonly ended: AbortSignal };
  /** The budget of its body. */
  budget: BodyBudget;
}

export interface FrontDoorOptions {
  publicUrl: string;
  /** More host names of this bot, for a proxy that sends its own Host. */
  allowedHosts?: readonly string[];
  log: ProcessLog;
}

/** Load balancers ask these paths under any host name, and in HTTP/1.0 under none. */
export const HEALTH_PATHS = { alive: '/healthz', ready: '/readyz' } as const;
const healthPaths: readonly string[] = Object.values(HEALTH_PATHS);
const saneRequestId = /^[\w-]{8,64}$/;

const REFUSED = {
  target: [400, 'The target of the request is not a plain path of this bot.'],
  host: [400, 'The request does not name one host that can be read.'],
  foreignHost: [
    421,
    'The request names another host than PUBLIC_URL. Let the proxy pass the Host on, or name this host in ALLOWED_HOSTS.',
  ],
} as const;

/**
 * Looks at each request before routing: gives it an id and the headers of every answer, logs it, finds its
 * sender, and checks its target and its Host. Undefined: it refused and answered the request. Never throws,
 * whatever the request is.
 */
export function createFrontDoor(
  { publicUrl, allowedHosts, log }: FrontDoorOptions,
  addresses: ClientAddresses,
  connections: Connections,
) {
  const headers = Object.entries(defaultHeaders(publicUrl));
  const budgetFor = createBodyBudget();
  const isOurs = createHostCheck(publicUrl, allowedHosts);
  return (
    request: IncomingMessage,
    response: ServerResponse,
    routeOf: () => string | undefined,
  ): Taken | undefined => {
    const requestId = idOf(request);
    response.setHeader('X-Request-Id', requestId);
    for (const [name, value] of headers) response.setHeader(name, value);
    logWhenClosed(log, request, response, requestId, routeOf);
    const ending = endingOf(request, response, connections);
    if (!ending) return undefined;
    const target = parseTarget(request.url);
    const refused = target ? refusalOf(request, target) : 'target';
    if (target && !refused) {
      const address = addresses.of(request);
      const key = countedAs(address);
      return { requestId, target, address, client: clientOf(key, ending), budget: budgetFor(key, ending) };
    }
    const [status, error] = REFUSED[refused ?? 'target'];
    log.warn({ requestId, why: error }, 'request refused');
    response.setHeader('Connection', 'close');
    answer(response, status, { error });
    return undefined;
  };

  function refusalOf(request: IncomingMessage, { path }: Target): 'host' | 'foreignHost' | undefined {
    const host = hostOf(request);
    const isHealth = healthPaths.includes(path);
    if (host === 'bad' || (host === 'none' && !isHealth)) return 'host';
    return isHealth || isOurs(host, request.socket.remoteAddress) ? undefined : 'foreignHost';
  }
}

function idOf({ headers }: IncomingMessage): string {
  const given = String(headers['x-request-id'] ?? '');
  return saneRequestId.test(given) ? given : randomUUID();
}

function logWhenClosed(
  log: ProcessLog,
  { method }: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  routeOf: () => string | undefined,
): void {
  const began = performance.now();
  response.once('close', () => {
    const status = response.writableFinished ? response.statusCode : 'aborted';
    const ms = Math.round(performance.now() - began);
    log.info({ requestId, method, route: routeOf() ?? 'none', status, ms }, 'request');
  });
}

/**
 * Ends with the answer or with the connection: an answer behind another one never closes when the connection
 * drops. Undefined when the connection has too many requests under way: it is closed.
 */
function endingOf(
  { socket }: IncomingMessage,
  response: ServerResponse,
  connections: Connections,
): Ending | undefined {
  const ending = createEnding();
  const done = connections.begin(socket, ending.end);
  if (!done) {
    socket.destroy();
    return undefined;
  }
  response.once('close', () => {
    done();
    ending.end();
  });
  return ending;
}

const clientOf = (key: string, ending: Ending): Taken['client'] => ({
  key,
  get ended() {
    return ending.signal();
  },
});
