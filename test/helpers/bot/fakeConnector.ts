import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setTimeout as delay } from 'node:timers/promises';
import type { Activity } from 'botbuilder';
import { refuseWithoutSummary } from '../botWorld/teams';

/** The first admin in the settings of the bots. */
export const ADMIN_ID = '00000000-0000-4000-8000-0000000000a1';

/** One card that was posted: its content after the last update. */
export interface PostedCard {
  conversationId: string;
  id: string;
  text: string;
  /** The card says that it may be a repeat. */
  repeat: boolean;
  /** The notice in its buttons. */
  noticeId?: string;
}

/** How the connector behaves for one message to a conversation. */
export interface Behaviour {
  status?: number;
  /** The code of a refusal. */
  code?: string;
  /** The card is taken although the status says otherwise. */
  taken?: boolean;
  retryAfterSeconds?: number;
  slowMs?: number;
  /** The card is taken, and the answer never comes; called when the card came. */
  unanswered?: () => void;
}

/**
 * Stands for Teams' connector, in the test's own process: the cards that it took stay when the bot is killed.
 */
export async function openFakeConnector() {
  const cards = new Map<string, PostedCard>();
  const asked = new Map<string, number>();
  const planned = new Map<string, Behaviour[]>();
  const always = new Map<string, Behaviour>();
  const server = createServer(
    (request, response) =>
      void take(request, response).catch((error: Error) => {
        // A bot that was killed has no use for an answer.
        if (!response.destroyed) response.destroy(error);
      }),
  );
  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    if (request.url?.includes('/pagedmembers')) return roster(response);
    const [conversationId = '', id] = partsOf(request.url ?? '');
    asked.set(conversationId, (asked.get(conversationId) ?? 0) + 1);
    const how = planned.get(conversationId)?.shift() ?? always.get(conversationId) ?? {};
    if (how.slowMs) await delay(how.slowMs);
    response.setHeader('content-type', 'application/json');
    if (how.retryAfterSeconds) response.setHeader('retry-after', String(how.retryAfterSeconds));
    response.statusCode = how.status ?? 200;
    const refusal = JSON.stringify({ error: { code: how.code ?? 'Played', message: 'played' } });
    if (how.status && !how.taken) return void response.end(refusal);
    const known = request.method === 'PUT' && id !== undefined ? id : `1:${cards.size + 1}`;
    cards.set(known, cardOf(conversationId, known, Buffer.concat(chunks).toString('utf8')));
    if (how.unanswered) return how.unanswered();
    response.end(how.status ? refusal : JSON.stringify({ id: known }));
  }
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    cardsIn: (conversationId: string) =>
      [...cards.values()].filter((card) => card.conversationId === conversationId),
    asked: (conversationId: string) => asked.get(conversationId) ?? 0,
    /** The behaviours for its next messages, one after the other. */
    plan: (conversationId: string, behaviours: Behaviour[]) => planned.set(conversationId, behaviours),
    always: (conversationId: string, behaviour: Behaviour) => always.set(conversationId, behaviour),
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Each conversation has one person of the MSP: the admin of the settings. */
function roster(response: ServerResponse): void {
  const members = [
    { id: '29:ada', name: 'Ada', aadObjectId: ADMIN_ID, userPrincipalName: 'ada@msp.example' },
  ];
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify({ members }));
}

const partsOf = (path: string) =>
  (/\/conversations\/([^/]+)\/activities(?:\/([^/?]+))?/.exec(path)?.slice(1) ?? []).map((part) =>
    part === undefined ? part : decodeURIComponent(part),
  ) as [string, string?];

function cardOf(conversationId: string, id: string, body: string): PostedCard {
  refuseWithoutSummary(JSON.parse(body) as Partial<Activity>);
  const noticeId = /"noticeId":"([^"]+)"/.exec(body)?.[1];
  return {
    conversationId,
    id,
    text: body,
    repeat: body.includes('This may have been told already'),
    ...(noticeId && { noticeId }),
  };
}
