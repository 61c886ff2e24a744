import { createServer } from 'node:net';

/**
 * Below the ports that systems use for outgoing connections. One of those might be in use again before our
 * part listens on it.
 */
const CHOSEN = { from: 20_000, count: 12_000 };
const TRIES = 100;

/** Resolves to the port of 127.0.0.1 when it is free (0: to any free port), else to undefined. */
export async function freePort(port: number): Promise<number | undefined> {
  if (port !== 0) return whenFree(port);
  for (let tried = 0; tried < TRIES; tried++) {
    const free = await whenFree(CHOSEN.from + Math.floor(Math.random() * CHOSEN.count));
    if (free !== undefined) return free;
  }
  return undefined;
}

function whenFree(port: number): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', (error: NodeJS.ErrnoException) =>
      error.code === 'EADDRINUSE' || error.code === 'EACCES' ? resolve(undefined) : reject(error),
    );
    server.listen({ port, host: '127.0.0.1' }, () => {
      server.close(() => resolve(port));
    });
  });
}
