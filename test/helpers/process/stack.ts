import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { freePort } from '../../../sandbox/ports';
import { type Stack, type StackOptions, startStack } from '../../../sandbox/startStack';

/** The whole demo from the last build, with a folder of its own that `stop` removes. */
export interface TestStack extends Stack {
  folder: string;
  /** A sentence for each part that ended by itself. */
  broken: string[];
  /** Stops everything in order, and starts it again on the same folder and ports. */
  again(): Promise<TestStack>;
}

const anyPort = async (): Promise<number> => (await freePort(0)) ?? 0;

/** Starts it on free ports. */
export async function startTestStack(): Promise<TestStack> {
  const ports = {
    bot: await anyPort(),
    playground: await anyPort(),
    microsoft: { https: await anyPort(), http: await anyPort() },
    customer: await anyPort(),
  };
  return startOn({ folder: mkdtempSync(join(tmpdir(), 'keyturn-stack-')), ports });
}

async function startOn(options: Pick<StackOptions, 'folder' | 'ports'>): Promise<TestStack> {
  const broken: string[] = [];
  const stack = await startStack({ ...options, onBroken: (sentence) => broken.push(sentence) });
  return {
    ...stack,
    folder: options.folder,
    broken,
    again: async () => {
      await stack.stop();
      return startOn(options);
    },
    stop: async () => {
      await stack.stop();
      rmSync(options.folder, { recursive: true, force: true });
    },
  };
}
