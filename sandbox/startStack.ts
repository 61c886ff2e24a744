import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { REQUIRED_PERMISSIONS } from '../domain/tenants/requiredPermissions';
import { makeCertificate } from './certificate';
import type { Child } from './children';
import { type MicrosoftSandbox, startMicrosoftSandbox } from './microsoft/startMicrosoftSandbox';
import { type Playground, startPlayground } from './playground';
import { MSP_TENANT_ID, TECHNICIAN } from './playgroundConfig';
import { startBot } from './startBot';

const APP_ID = '5f0c1e1a-6a55-4d8e-9c0d-2b7a3f4e9d13';

export interface StackOptions {
  /** Everything that is kept: the bot's data, the sandbox's state, the certificate, the logs. */
  folder: string;
  ports: { bot: number; playground: number; microsoft: { https: number; http: number } };
  /** A part ended by itself; the sentence says which one and why. */
  onBroken(sentence: string): void;
}

export interface Stack {
  playgroundUrl: string;
  botUrl: string;
  microsoft: MicrosoftSandbox;
  /** Ends the bot, at once (`kill -9`) or as an operator would, and starts it again on the same port and data. */
  restartBot(how: 'stop' | 'kill'): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the sandbox of Microsoft's cloud in this process, and the bot and the Playground as its children, all on
 * 127.0.0.1. Throws DemoFault when one does not start, with what had started stopped again.
 */
export async function startStack({ folder, ports, onBroken }: StackOptions): Promise<Stack> {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const botUrl = `http://127.0.0.1:${ports.bot}`;
  const certificate = await makeCertificate(join(folder, 'certificate'));
  const clientSecret = randomBytes(24).toString('base64url');
  const microsoft = await startMicrosoftSandbox({
    certificate,
    clientId: APP_ID,
    clientSecret,
    redirectUris: [`${botUrl}/signin/callback`, `${botUrl}/signin/consent`],
    permissions: REQUIRED_PERMISSIONS.map(({ name }) => name),
    stateFile: join(folder, 'microsoft.json'),
    ports: ports.microsoft,
  });
  const settings = {
    BOT_CHANNEL: 'local-playground',
    HOST: '127.0.0.1',
    PORT: String(ports.bot),
    PUBLIC_URL: botUrl,
    TEAMS_TENANT_ID: MSP_TENANT_ID,
    FIRST_ADMINS: TECHNICIAN.objectId,
    DATA_DIR: join(folder, 'bot'),
    GRAPH_APP_ID: APP_ID,
    GRAPH_APP_SECRET: clientSecret,
    MICROSOFT_LOGIN_URL: microsoft.loginUrl,
    GRAPH_URL: microsoft.graphUrl,
    NODE_EXTRA_CA_CERTS: certificate.caFile,
  };
  return startChildren({ folder, ports, onBroken }, microsoft, settings, botUrl);
}

async function startChildren(
  { folder, ports, onBroken }: StackOptions,
  microsoft: MicrosoftSandbox,
  settings: Record<string, string>,
  botUrl: string,
): Promise<Stack> {
  const watched = <T extends Child>(child: T): T => {
    void child.ended.then((sentence) => sentence && onBroken(sentence));
    return child;
  };
  const start = async () =>
    watched(await startBot({ settings, url: botUrl, logFile: join(folder, 'bot.log') }));
  let bot: Child | undefined;
  let playground: Playground | undefined;
  // The bot first: what it is answering can still be shown. The Playground would wait for pages that are open.
  const stop = async () => {
    await bot?.stop(25_000);
    await playground?.stop(1_000);
    await microsoft.stop();
  };
  try {
    bot = await start();
    const inFolder = { port: ports.playground, botUrl, folder: join(folder, 'playground') };
    playground = watched(await startPlayground(inFolder));
    return {
      playgroundUrl: playground.url,
      botUrl,
      microsoft,
      restartBot: async (how) => {
        await bot?.stop(how === 'kill' ? 0 : 25_000);
        bot = await start();
      },
      stop,
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
