import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Child, startChild } from './children';
import { DemoFault } from './demoFault';
import { playgroundConfig } from './playgroundConfig';
import { freePort } from './ports';
import { projectRoot } from './projectRoot';
import { untilAnswers } from './untilAnswers';

export interface Playground extends Child {
  url: string;
}

export interface PlaygroundOptions {
  /** Default: any free one. */
  port?: number;
  botUrl: string;
  /** Its working folder, for its settings and logs. Created when missing. */
  folder: string;
}

/**
 * Starts Microsoft 365 Agents Playground, which plays Teams, on 127.0.0.1 only, with our fixed people and
 * conversations. Throws DemoFault when it does not answer or when the port is taken (the Playground alone
 * would silently use another port).
 */
export async function startPlayground({ port = 0, botUrl, folder }: PlaygroundOptions): Promise<Playground> {
  const free = await freePort(port);
  if (free === undefined) throw new DemoFault(`Port ${port}, wanted for the Playground, is taken.`);
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, '.m365agentsplayground.yml'), playgroundConfig());
  const child = startChild({
    name: 'The Playground',
    args: ['--require', join(projectRoot(), 'sandbox/loopbackOnly.cjs'), ...commandLine(free, botUrl)],
    cwd: folder,
    env: { TEAMSAPPTESTER_BROWSER: 'none' },
    logFile: join(folder, 'playground.log'),
  });
  const url = `http://127.0.0.1:${free}`;
  try {
    await untilAnswers(url, child);
  } catch (error) {
    await child.stop();
    throw error;
  }
  return { ...child, url };
}

function commandLine(port: number, botUrl: string): string[] {
  const cli = require.resolve('@microsoft/m365agentsplayground/cli.js');
  const connector = `http://127.0.0.1:${port}/_connector`;
  const where = [
    '--port',
    String(port),
    '--app-endpoint',
    `${botUrl}/api/messages`,
    '--service-url',
    connector,
  ];
  return [cli, 'start', ...where, '--channel-id', 'msteams', '--disable-telemetry'];
}
