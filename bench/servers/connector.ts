import { createServer, type IncomingMessage } from 'node:http';
import { personOf, TENANT_ID } from '../stage/people';
import { reportPort } from '../stage/reportPort';

/**
 * Stands in for Teams' connector: accepts messages and updates, knows the members, and counts what it
 * received.
 */
let messages = 0;
let cards = 0;
/** How many cards showed an import's review. */
let reviews = 0;
/** How many cards showed a finished connection test. */
let tests = 0;

async function bodyOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function memberOf(path: string) {
  const id = decodeURIComponent(path.split('/').at(-1) ?? '');
  const { objectId, channelUserId, name } = personOf(Number(id.replace('29:bench-', '')));
  const email = `${objectId}@msp.test`;
  return {
    id: channelUserId,
    name,
    aadObjectId: objectId,
    tenantId: TENANT_ID,
    userRole: 'user',
    userPrincipalName: email,
    email,
  };
}

function answerTo(method: string | undefined, path: string, body: string): object {
  if (path === '/counted') return { messages, cards, reviews, tests };
  if (body.includes('Nothing is created or linked until you apply')) reviews += 1;
  if (body.includes('Test again')) tests += 1;
  if (path.includes('/members/')) return memberOf(path);
  if (method === 'POST') {
    messages += 1;
    if (body.includes('application/vnd.microsoft.card.adaptive')) cards += 1;
  }
  return { id: `1:${messages}` };
}

const server = createServer(async (request, response) => {
  const answer = answerTo(request.method, request.url ?? '/', await bodyOf(request));
  response.setHeader('Content-Type', 'application/json');
  response.end(JSON.stringify(answer));
});
server.keepAliveTimeout = 60_000;
reportPort(server);
