import { createServer, type ServerOptions } from '../../../bot/server';
import type { Endpoint } from '../../../domain/http';
import { createLinesLog } from '../process/linesLog';

const activity = { type: 'message' } as never;
export const gate = () => {
  let open: () => void = () => undefined;
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { open, opened };
};

export async function start(options: Partial<ServerOptions> = {}) {
  const lines = createLinesLog();
  const server = createServer({
    host: '127.0.0.1',
    port: 0,
    publicUrl: 'https://keyturn.example.test',
    log: lines.log,
    verify: async () => ({ ok: true, activity }),
    turn: async () => ({ status: 200 }),
    endpoints: [],
    ready: async () => true,
    ...options,
  });
  const { port } = await server.listen();
  return { ...lines, server, port, url: `http://127.0.0.1:${port}` };
}
export const json = { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{}' };
export const endpoint = (method: 'GET' | 'POST', handle: Endpoint['handle']): Endpoint => ({
  method,
  path: '/signin/x',
  auth: 'open',
  handle,
});
