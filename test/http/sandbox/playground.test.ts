import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { type AddressInfo, connect, createServer as createTcpServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Playground, startPlayground } from '../../../sandbox/playground';
import { MSP_TENANT_ID, TECHNICIAN } from '../../../sandbox/playgroundConfig';

interface Seen {
  type: string;
  from: { aadObjectId: string };
  serviceUrl: string;
  channelData: { tenant: { id: string } };
}

describe('the Playground', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-playground-'));
  let heard: (activity: Seen) => void = () => undefined;
  const message = new Promise<Seen>((resolve) => {
    heard = (activity) => activity.type === 'message' && resolve(activity);
  });
  const bot = createServer(async (request, response) => {
    const chunks = await request.toArray();
    if (chunks.length > 0) heard(JSON.parse(Buffer.concat(chunks).toString()));
    response.end();
  });
  let playground: Playground;
  beforeAll(async () => {
    await new Promise<void>((resolve) => bot.listen(0, '127.0.0.1', resolve));
    const botUrl = `http://127.0.0.1:${(bot.address() as AddressInfo).port}`;
    playground = await startPlayground({ botUrl, folder });
  });
  afterAll(async () => {
    await playground.stop();
    bot.close();
    rmSync(folder, { recursive: true });
  });

  it('speaks as our technician of our tenant, and gets answers on loopback', async () => {
    const body = JSON.stringify({ from: { id: TECHNICIAN.id }, text: 'hello', textFormat: 'plain' });
    await fetch(`${playground.url}/_conversation/v1/conversations/personal-chat/messages`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    expect(await message).toMatchObject({
      from: { aadObjectId: TECHNICIAN.objectId },
      channelData: { tenant: { id: MSP_TENANT_ID } },
      serviceUrl: `${playground.url}/_connector`,
    });
  });

  it('listens only on 127.0.0.1', async () => {
    const { port } = new URL(playground.url);
    const reached = (host: string) =>
      new Promise((resolve) => {
        const socket = connect(Number(port), host, () => resolve(socket.destroy() && true));
        socket.once('error', () => resolve(false));
      });
    expect(await reached('127.0.0.1')).toBe(true);
    expect(await reached('127.0.0.2')).toBe(false);
  });

  it('refuses a port that is taken, instead of silently taking another', async () => {
    const other = createTcpServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => other.once('listening', resolve));
    const { port } = other.address() as AddressInfo;
    await expect(startPlayground({ port, botUrl: 'http://127.0.0.1:1', folder })).rejects.toThrow(
      `Port ${port}, wanted for the Playground, is taken.`,
    );
    other.close();
  });
});
