import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../sandbox/ports';
import { type Stack, startStack } from '../../sandbox/startStack';

const anyPort = async (): Promise<number> => (await freePort(0)) ?? 0;

/** The whole demo as it was last built, on free ports, with a folder of its own that `stop` removes; `broken` collects what ended by itself. */
export async function startTestStack(): Promise<Stack & { folder: string; broken: string[] }> {
  const folder = mkdtempSync(join(tmpdir(), 'keyturn-stack-'));
  const broken: string[] = [];
  const stack = await startStack({
    folder,
    ports: {
      bot: await anyPort(),
      playground: await anyPort(),
      microsoft: { https: await anyPort(), http: await anyPort() },
    },
    onBroken: (sentence) => broken.push(sentence),
  });
  return {
    ...stack,
    folder,
    broken,
    stop: async () => {
      await stack.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
