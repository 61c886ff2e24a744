import { AGENT_DOWNLOAD_PATH } from '../domain/agents/installLine';
import type { Endpoint, HttpResponse } from '../domain/http';

/** The program that machines of customers download. */
export interface AgentFile {
  bytes: number;
  read(): AsyncIterable<Uint8Array>;
}

/** So many machines download at the same time; further ones are asked to come again. */
const AT_ONCE = 20;

/** Hands out the agent's program: open to everybody, for without a token it does nothing. */
export function createAgentDownload(agentFile: () => Promise<AgentFile | undefined>): Endpoint {
  let running = 0;
  return {
    method: 'GET',
    path: AGENT_DOWNLOAD_PATH,
    auth: 'open',
    async handle() {
      if (running >= AT_ONCE)
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
        body: counted(file.read()),
      };
    },
  };

  async function* counted(pieces: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    running++;
    try {
      yield* pieces;
    } finally {
      running--;
    }
  }
}

const plain = (status: number, sentence: string, headers: Record<string, string> = {}): HttpResponse => ({
  status,
  headers: { ...headers, 'Content-Type': 'text/plain; charset=utf-8' },
  body: sentence,
});
