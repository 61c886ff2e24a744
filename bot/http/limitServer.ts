import type { Server } from 'node:http';
import type { Log } from '../../domain/ports';
import type { ClientAddresses } from './clientAddress';
import { CONNECTION_BOUNDS, type ConnectionBounds, type Connections, createConnections } from './connections';

const MINUTE = 60_000;

/** Bounds the time of a connection and the number of connections. Call it before the server listens. */
export function limitServer(
  server: Server,
  { isProxy }: ClientAddresses,
  log: Log,
  bounds: ConnectionBounds = CONNECTION_BOUNDS,
): Connections {
  server.headersTimeout = 10_000;
  server.requestTimeout = 30_000;
  server.keepAliveTimeout = 65_000;
  // By default Node checks every 30 s: a timeout of 10 s would last up to 40.
  Object.assign(server, { connectionsCheckingInterval: 2_000 });
  // A request to upgrade the protocol gets an ordinary answer: with a listener, Node would hand the
  // connection over for good.
  server.removeAllListeners('upgrade');
  const connections = createConnections(isProxy, sayWhenFull(log), bounds);
  server.on('connection', connections.opened);
  return connections;
}

const ADVICE = {
  all: 'all connections are taken; idle ones are closed for new ones',
  'one address':
    'one address has as many connections as it may; if it is your own proxy, name it in TRUSTED_PROXIES',
};

/** At most once a minute, so that a flood does not fill the log. */
function sayWhenFull(log: Log) {
  let saidAt = -MINUTE;
  return (why: keyof typeof ADVICE, address: string): void => {
    if (performance.now() - saidAt < MINUTE) return;
    saidAt = performance.now();
    log.warn({ address }, ADVICE[why]);
  };
}
