import { createServer } from 'node:net';

/**
 * Below what systems take for outgoing connections: a port of those may be in use again before the part that
 * it was chosen for listens there.
 */
const CHOSEN = { from: 20_000, count: 12_000 };
const TRIES = 100;

/** Resolves to the port of 127.0.0.1 when nothing listens there (0: to any free one), else to undefined. */
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
