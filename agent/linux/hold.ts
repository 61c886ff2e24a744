import { createHash } from 'node:crypto';
import { realpath } from 'node:fs/promises';
import { createServer } from 'node:net';
import { codeOf } from '../files';
import type { HoldFolder } from '../ports';

/**
 * Holds the folder with an abstract socket of its name. The kernel lets one process have it, and takes it
 * back however that process ends.
 */
export const holdOnLinux: HoldFolder = async (folder) => {
  const name = createHash('sha256')
    .update(await realpath(folder))
    .digest('hex');
  const server = createServer((socket) => socket.destroy()).unref();
  try {
    await new Promise<void>((resolve, reject) =>
      server.once('error', reject).listen(`\0keyturn-agent-${name}`, resolve),
    );
  } catch (error) {
    if (codeOf(error) === 'EADDRINUSE') return undefined;
    throw error;
  }
  return () => new Promise((resolve) => server.close(() => resolve()));
};
