import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setImmediate as nextRound } from 'node:timers/promises';
import { type CloudAdapter, TeamsInfo, type TurnContext } from 'botbuilder';
import type { ConnectorClient } from 'botframework-connector';
import { createAdapter } from '../../../bot/channel/createAdapter';
import { createLinesLog } from '../../helpers/process/linesLog';

interface Call {
  method: string;
  path: string;
  authorization: string | undefined;
  port: number | undefined;
}

/** A channel on loopback that records each request and answers with the next of `statuses`, then 200. */
async function startChannel(statuses: number[] = []) {
  const calls: Call[] = [];
  const server = createServer((request: IncomingMessage, response) => {
    request.resume();
    const { method = '', url: path = '', headers, socket } = request;
    calls.push({ method, path, authorization: headers.authorization, port: socket.remotePort });
    response.writeHead(statuses.shift() ?? 200, { 'content-type': 'application/json' });
    response.end(JSON.stringify({ id: 'sent' }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  async function stop() {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }
  return { calls, stop, serviceUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` };
}

const reference = (serviceUrl: string) => ({
  channelId: 'msteams',
  serviceUrl,
  conversation: { id: 'a:1', conversationType: 'personal', isGroup: false, name: '' },
  bot: { id: '28:bot', name: 'bot' },
});
const run = (adapter: CloudAdapter, serviceUrl: string, logic: (context: TurnContext) => Promise<void>) =>
  adapter.continueConversationAsync('', reference(serviceUrl), logic);
const clientOf = (context: TurnContext): ConnectorClient =>
  context.turnState.get(context.adapter.ConnectorClientKey);

describe('the adapter towards the channel', () => {
  const { log, lines } = createLinesLog();
  const adapter = createAdapter({ kind: 'localPlayground' }, { log });
  afterEach(() => expect(lines()).toEqual([]));

  it('sends a message once, whatever fault the channel has', async () => {
    const channel = await startChannel([503, 503]);
    const send = run(
      adapter,
      channel.serviceUrl,
      async (context) => void (await context.sendActivity('hello')),
    );
    await expect(send).rejects.toMatchObject({ statusCode: 503 });
    expect(channel.calls).toEqual([expect.objectContaining({ method: 'POST', authorization: undefined })]);
    await channel.stop();
  });

  it('also updates and deletes once', async () => {
    const channel = await startChannel([500, 500]);
    await run(adapter, channel.serviceUrl, async (context) => {
      await expect(context.updateActivity({ id: 'x', type: 'message' })).rejects.toMatchObject({
        statusCode: 500,
      });
      await expect(context.deleteActivity('x')).rejects.toMatchObject({ statusCode: 500 });
    });
    expect(channel.calls.map(({ method }) => method)).toEqual(['PUT', 'DELETE']);
    await channel.stop();
  });

  it('repeats a read', async () => {
    const channel = await startChannel([503]);
    await run(adapter, channel.serviceUrl, async (context) => {
      await clientOf(context).conversations.getConversationMember('a:1', '29:1');
    });
    expect(channel.calls.map(({ method }) => method)).toEqual(['GET', 'GET']);
    await channel.stop();
  });

  it('keeps client and connection between turns, one per service URL', async () => {
    const channel = await startChannel();
    const other = await startChannel();
    const clients: ConnectorClient[] = [];
    const logic = async (context: TurnContext) => {
      clients.push(clientOf(context));
      await context.sendActivity('hello');
    };
    await run(adapter, channel.serviceUrl, logic);
    await nextRound();
    await run(adapter, channel.serviceUrl, logic);
    await run(adapter, other.serviceUrl, logic);
    expect(clients[1]).toBe(clients[0]);
    expect(clients[2]).not.toBe(clients[0]);
    expect(channel.calls[0]?.port).toBe(channel.calls[1]?.port);
    expect([channel.calls.length, other.calls.length]).toEqual([2, 1]);
    await Promise.all([channel.stop(), other.stop()]);
  });

  it('reads members through the same service URL', async () => {
    const channel = await startChannel();
    await run(
      adapter,
      channel.serviceUrl,
      async (context) => void (await TeamsInfo.getMember(context, '29:1')),
    );
    expect(channel.calls[0]?.path).toBe('/v3/conversations/a%3A1/members/29%3A1');
    await channel.stop();
  });
});

describe('the adapter as an app of its tenant', () => {
  const tenantId = '00000000-0000-4000-8000-0000000000a0';
  const appId = '00000000-0000-4000-8000-0000000000b0';
  const secret = { kind: 'secret', secret: 'unused' } as const;
  const managedIdentity = { kind: 'managedIdentity' } as const;
  const at = (credential: typeof secret | typeof managedIdentity, cloud: 'public' | 'government') =>
    ({
      kind: 'botFramework',
      appId,
      tenantId,
      credential,
      cloud,
      metadataUrl: 'https://login.example.test',
      issuer: 'https://login.example.test',
    }) as const;

  it.each([
    [
      at(secret, 'public'),
      {
        oAuthEndpoint: `https://login.microsoftonline.com/${tenantId}`,
        oAuthScope: 'https://api.botframework.com',
      },
    ],
    [
      at(secret, 'government'),
      {
        oAuthEndpoint: `https://login.microsoftonline.us/${tenantId}`,
        oAuthScope: 'https://api.botframework.us',
      },
    ],
    [at(managedIdentity, 'government'), { oAuthScope: 'https://api.botframework.us' }],
  ])('asks for tokens where it has to: %#', async (channel, where) => {
    const adapter = createAdapter(channel, { log: createLinesLog().log });
    await adapter.continueConversationAsync(appId, reference('http://127.0.0.1:1/'), async (context) => {
      expect(clientOf(context).credentials).toMatchObject({ appId, ...where });
    });
    expect.assertions(1);
  });

  it('refuses to act as another app', async () => {
    const adapter = createAdapter(at(secret, 'public'), { log: createLinesLog().log });
    const logic = jest.fn();
    await expect(
      adapter.continueConversationAsync('another', reference('http://127.0.0.1:1/'), logic),
    ).rejects.toThrow('Invalid appId');
    expect(logic).not.toHaveBeenCalled();
  });
});
