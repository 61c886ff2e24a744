import { request } from 'node:http';
import { Agent } from 'node:https';
import type { Duplex } from 'node:stream';
import { type ConnectionOptions, connect } from 'node:tls';
import { BotUnreachable } from './botFault';

type Done = (error: Error | null, socket?: Duplex) => void;

/**
 * Connections to the bot through a proxy. They are encrypted up to the bot, so the proxy sees only the
 * host's name.
 */
export class ProxyTunnel extends Agent {
  constructor(
    private readonly proxy: string,
    private readonly tls: ConnectionOptions,
  ) {
    super({ keepAlive: true });
  }

  override createConnection(options: ConnectionOptions, done: Done): undefined {
    const { hostname: host, port } = new URL(this.proxy);
    const path = `${options.host}:${options.port}`;
    const asked = request({ host, port, method: 'CONNECT', path, headers: { host: path }, agent: false });
    asked.setTimeout(10_000, () => asked.destroy(refused('does not answer')));
    asked.once('error', (error) => done(error));
    asked.once('response', (response) => asked.destroy(refused(`answers ${response.statusCode}`)));
    asked.once('connect', (response, socket) => {
      if (response.statusCode !== 200) {
        socket.destroy();
        done(refused(`answers ${response.statusCode}`));
        return;
      }
      socket.setTimeout(0);
      const secure = connect({ ...this.tls, socket, servername: options.servername ?? options.host });
      secure.once('error', done);
      secure.once('secureConnect', () => {
        secure.off('error', done);
        done(null, secure);
      });
    });
    asked.end();
    return undefined;
  }
}

const refused = (what: string) =>
  new BotUnreachable(
    'away',
    `The proxy ${what}. Check the setting "proxy" and that it lets this machine reach the bot.`,
  );
