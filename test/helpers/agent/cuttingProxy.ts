import { once } from 'node:events';
import { type AddressInfo, connect, createServer, type Socket } from 'node:net';

/**
 * Stands between a driver and its server. It can cut the connection after a command was done and before its
 * answer.
 */
export interface CuttingProxy {
  port: number;
  /** Loses the answers to the next `times` commands that contain `text`, together with their connections. */
  loseAnswers(text: string, times: number): void;
  /** How many answers it lost. */
  lost(): number;
  /** How many connections the server itself has closed. */
  closedByServer(): number;
  close(): Promise<void>;
}

export async function cuttingProxy(serverPort: number): Promise<CuttingProxy> {
  let armed = { text: Buffer.alloc(0), times: 0 };
  let lost = 0;
  let closedByServer = 0;
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const upstream = connect(serverPort, '127.0.0.1');
    let cut = false;
    for (const [from, to] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      sockets.add(from);
      from.on('error', () => to.destroy()).on('close', () => to.destroy());
    }
    client.on('data', (chunk) => {
      if (armed.times > 0 && chunk.includes(armed.text)) {
        armed.times--;
        cut = true;
      }
      upstream.write(chunk);
    });
    upstream.on('end', () => closedByServer++);
    upstream.on('data', (chunk) => {
      if (!cut) return client.write(chunk);
      lost++;
      return client.destroy();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  return {
    port: (server.address() as AddressInfo).port,
    loseAnswers: (text, times) => {
      armed = { text: Buffer.from(text), times };
    },
    lost: () => lost,
    closedByServer: () => closedByServer,
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, 'close');
    },
  };
}
