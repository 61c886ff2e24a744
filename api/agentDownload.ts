import { AGENT_DOWNLOAD_PATH } from '../domain/agents/enrolment/installLine';
import type { Endpoint, HttpResponse } from '../domain/http';
import { createClientSlots } from './clientSlots';

/** The program that customers' machines download. */
export interface AgentFile {
  bytes: number;
  read(): AsyncIterable<Uint8Array>;
}

/**
 * How many machines can download at the same time: in all, and behind one address. The bot asks further ones
 * of that address to come again.
 */
const AT_ONCE = 100;
const OF_ONE = 20;

/** Serves the agent's program to everybody: without an install token the program does nothing. */
export function createAgentDownload(agentFile: () => Promise<AgentFile | undefined>): Endpoint {
  const takeSlot = createClientSlots(AT_ONCE, OF_ONE);
  return {
    method: 'GET',
    path: AGENT_DOWNLOAD_PATH,
    auth: 'open',
    async handle({ client }) {
      const slot = takeSlot(client);
      if (!slot)
        return plain(503, 'Too many downloads at once. Try again in a minute.', { 'Retry-After': '60' });
      const file = await agentFile();
      if (!file) return plain(404, 'This Keyturn has no agent program to hand out.');
      return {
        status: 200,
        headers: {
          'Content-Type': 'application/vnd.microsoft.portable-executable',
          'Content-Length': String(file.bytes),
          'Content-Disposition': 'attachment; filename="keyturn-agent.exe"',
          'Cache-Control': 'no-store',
          'X-Content-Type-Options': 'nosniff',
        },
        body: leaving(file.read(), slot.leave),
        cut: slot.lost,
      };
    },
  };
}

async function* leaving(pieces: AsyncIterable<Uint8Array>, leave: () => void): AsyncGenerator<Uint8Array> {
  try {
    yield* pieces;
  } finally {
    leave();
  }
}

const plain = (status: number, sentence: string, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' },
  body: sentence,
});
