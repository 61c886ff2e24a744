import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../sandbox/ports';
import { projectRoot } from '../../sandbox/projectRoot';
import { type Stack, startStack } from '../../sandbox/startStack';

const anyPort = async (): Promise<number> => (await freePort(0)) ?? 0;

/** Compiles the product, whose bot runs from `dist` as in production; quick when nothing has changed. */
export function build(): void {
  const tsc = require.resolve('typescript/bin/tsc');
  execFileSync(process.execPath, [tsc, '-p', 'tsconfig.build.json'], {
    cwd: projectRoot(),
    stdio: 'inherit',
  });
}

/** The whole demo on free ports with a folder of its own, which `stop` removes. A part that ends by itself is a failure. */
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
