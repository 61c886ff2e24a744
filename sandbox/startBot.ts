import { join } from 'node:path';
import { type Child, startChild } from './children';
import { projectRoot } from './projectRoot';
import { untilAnswers } from './untilAnswers';

export interface BotOptions {
  /** The product's own settings, by environment variable. */
  settings: Record<string, string>;
  url: string;
  logFile: string;
}

/**
 * Starts the built product as production does, in a process of its own. Throws DemoFault when it does not
 * become ready.
 */
export async function startBot({ settings, url, logFile }: BotOptions): Promise<Child> {
  const root = projectRoot();
  const child = startChild({
    name: 'The bot',
    args: [join(root, 'dist/keyturn/index.js')],
    cwd: root,
    env: settings,
    logFile,
  });
  try {
    await untilAnswers(`${url}/readyz`, child);
    return child;
  } catch (error) {
    await child.stop();
    throw error;
  }
}
