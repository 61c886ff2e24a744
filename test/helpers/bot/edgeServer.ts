import type { TurnContext } from 'botbuilder';
import { createAdapter } from '../../../bot/channel/createAdapter';
import { createVerifyActivity } from '../../../bot/channel/verifyActivity';
import { createServer, type ServerOptions } from '../../../bot/server';
import type { Clock } from '../../../domain/ports';
import { createLinesLog } from '../process/linesLog';
import { botAppId, type LocalIssuer, serviceUrl } from './localIssuer';

/** The real server and the real adapter in front of `logic`; they trust a local issuer. */
export async function startEdge(
  issuer: LocalIssuer,
  logic: (context: TurnContext) => Promise<void>,
  { clock = Date, ...options }: Partial<ServerOptions> & { clock?: Clock } = {},
) {
  const lines = createLinesLog();
  const channel = {
    kind: 'botFramework',
    appId: botAppId,
    tenantId: '00000000-0000-4000-8000-0000000000a0',
    credential: { kind: 'secret', secret: 'not-used-here' },
    cloud: 'public',
    metadataUrl: issuer.metadataUrl,
    issuer: issuer.issuer,
  } as const;
  const adapter = createAdapter(channel, { log: lines.log });
  const server = createServer({
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'https://keyturn.example.test',
    log: lines.log,
    verify: createVerifyActivity(channel, { clock, log: lines.log }),
    turn: (activity, authorization) => adapter.answer(activity, authorization, logic),
    endpoints: [],
    ready: async () => true,
    ...options,
  });
  const { port } = await server.listen();
  const url = `http://127.0.0.1:${port}`;
  const post = (authorization: string | undefined, activity: unknown, headers: Record<string, string> = {}) =>
    fetch(`${url}/api/messages`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(authorization === undefined ? {} : { authorization }),
        ...headers,
      },
      body: typeof activity === 'string' ? activity : JSON.stringify(activity),
    });
  return { ...lines, server, url, post };
}

export const message = (overrides: Record<string, unknown> = {}) => ({
  type: 'message',
  id: '1',
  channelId: 'msteams',
  serviceUrl,
  conversation: { id: 'a:1' },
  from: { id: '29:1' },
  recipient: { id: '28:bot' },
  text: 'help',
  ...overrides,
});
