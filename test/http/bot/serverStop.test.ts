import { connect } from 'node:net';
import { createLog } from '../../../bot/logging/log';
import { gate, json, start } from '../../helpers/bot/runningServer';

describe('readiness', () => {
  it.each<[string, () => Promise<boolean>, number]>([
    ['ready', async () => true, 200],
    ['not ready', async () => false, 503],
    ['unknown', () => Promise.reject(new TypeError('down')), 503],
  ])('comes from the store: %s', async (_name, ready, status) => {
    const { server, url } = await start({ ready });
    expect((await fetch(`${url}/readyz`)).status).toBe(status);
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    await server.stop();
  });

  it('does not ask the store for every client', async () => {
    let looks = 0;
    const ready = async () => {
      looks++;
      return true;
    };
    const { server, url } = await start({ ready });
    for (let n = 0; n < 50; n++) expect((await fetch(`${url}/readyz`)).status).toBe(200);
    expect(looks).toBeLessThan(25);
    await server.stop();
  });
});

describe('stop', () => {
  it('finishes the running turn, refuses new work meanwhile, and closes', async () => {
    const begun = gate();
    const finish = gate();
    const { server, url } = await start({
      turn: async () => {
        begun.open();
        await finish.opened;
        return { status: 200 };
      },
    });
    const turn = fetch(`${url}/api/messages`, json);
    await begun.opened;
    const stopped = server.stop();
    expect((await fetch(`${url}/readyz`)).status).toBe(503);
    expect((await fetch(`${url}/api/messages`, json)).status).toBe(503);
    finish.open();
    expect((await turn).status).toBe(200);
    await stopped;
    await expect(fetch(`${url}/healthz`)).rejects.toThrow();
  });

  it('does not wait for an interrupted body', async () => {
    const refused = gate();
    const written: string[] = [];
    const write = (line: string) => {
      written.push(line);
      if (line.includes('cut off')) refused.open();
    };
    const { server, port } = await start({ log: createLog({ level: 'info' }, { write }) });
    const head =
      'POST /api/messages HTTP/1.1\r\nHost: localhost\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n';
    const socket = connect(port, '127.0.0.1', () => socket.write(`${head}{"type"`, () => socket.destroy()));
    await refused.opened;
    await server.stop();
    expect(written.join()).not.toContain('still running');
  });

  it('does not wait for ever', async () => {
    const begun = gate();
    const { server, url, lines } = await start({
      stopWithinMs: 1,
      turn: () => {
        begun.open();
        return new Promise(() => undefined);
      },
    });
    const turn = fetch(`${url}/api/messages`, json).catch(() => 'cut');
    await begun.opened;
    await server.stop();
    expect(await turn).toBe('cut');
    expect(lines()).toContainEqual(expect.objectContaining({ level: 'warn', left: 1 }));
  });

  it('does not wait for a connection that is kept open', async () => {
    const { server, port } = await start();
    const socket = connect(port, '127.0.0.1');
    await new Promise((resolve) => socket.once('connect', resolve));
    const closed = new Promise((resolve) => socket.once('close', resolve));
    await server.stop();
    await closed;
  });
});

it('the server names the setting when the port is taken', async () => {
  const first = await start();
  await expect(start({ port: first.port })).rejects.toMatchObject({
    code: 'settings',
    sentence: expect.stringContaining('EADDRINUSE'),
  });
  await first.server.stop();
});
