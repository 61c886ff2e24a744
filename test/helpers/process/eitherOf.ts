import { type AddressInfo, connect, createServer, type Socket } from 'node:net';
import { createServer as createTlsServer } from 'node:tls';

/**
 * One address before two servers, like a load balancer: each connection goes to one of them, or to the other
 * when that one is down. With `tls` it uses TLS, as the world outside does with bots.
 */
export async function eitherOf(ports: () => readonly number[], tls?: { key: string; cert: string }) {
  const open = new Set<Socket>();
  let turn = 0;
  const take = (client: Socket) => {
    open.add(client);
    client.on('close', () => open.delete(client)).on('error', () => client.destroy());
    turn += 1;
    const all = ports();
    joined(
      client,
      all.map((_, n) => all[(n + turn) % all.length] ?? 0),
    );
  };
  const server = tls ? createTlsServer(tls, take) : createServer(take);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    port: (server.address() as AddressInfo).port,
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        for (const socket of open) socket.destroy();
      }),
  };
}

function joined(client: Socket, [port, ...others]: number[]): void {
  if (port === undefined) return void client.destroy();
  const upstream = connect(port, '127.0.0.1');
  let connected = false;
  upstream.on('connect', () => {
    connected = true;
    client.pipe(upstream).pipe(client);
    client.on('close', () => upstream.destroy());
  });
  upstream.on('error', () => (connected ? client.destroy() : joined(client, others)));
  upstream.on('close', () => connected && client.destroy());
}
