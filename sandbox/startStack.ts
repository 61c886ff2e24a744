import { randomBytes } from 'node:crypto';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { REQUIRED_PERMISSIONS } from '../domain/tenants/requiredPermissions';
import { agentProgramIn } from './agentProgram';
import { makeCertificate } from './certificate';
import type { Child } from './children';
import { type Customer, type CustomerOptions, startCustomer } from './customer/startCustomer';
import { masterKeysIn } from './masterKeys';
import { type MicrosoftSandbox, startMicrosoftSandbox } from './microsoft/startMicrosoftSandbox';
import { type Playground, startPlayground } from './playground';
import { MSP_TENANT_ID, TECHNICIAN } from './playgroundConfig';
import { startBot } from './startBot';
import { startVendors, type VendorPorts, type Vendors } from './startVendors';

const APP_ID = '5f0c1e1a-6a55-4d8e-9c0d-2b7a3f4e9d13';

export interface StackOptions {
  /** All stored data: the bot's data, its master keys, the sandbox's state, the certificate, the logs. */
  folder: string;
  ports: {
    bot: number;
    playground: number;
    microsoft: { https: number; http: number };
    /** Default: any free ones. */
    vendors?: VendorPorts;
    /** The port of the customer's page; default: any free one. */
    customer?: number;
  };
  /** The customer's Active Directory; default: in memory. */
  openDirectory?: CustomerOptions['openDirectory'];
  /** A part ended by itself; the sentence says which one and why. */
  onBroken(sentence: string): void;
  /** Told what is started next. */
  say?(step: string): void;
}

export interface Stack {
  playgroundUrl: string;
  botUrl: string;
  microsoft: MicrosoftSandbox;
  vendors: Vendors;
  customer: Customer;
  /**
   * Ends the bot, at once (`kill -9`) or as an operator would, and starts it again on the same port and data.
   */
  restartBot(how: 'stop' | 'kill'): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts the sandboxes of Microsoft's cloud, IT Glue and Hudu in this process, and the bot and the Playground
 * as its children, all on 127.0.0.1. When one does not start, it stops the others and throws DemoFault.
 */
export async function startStack(options: StackOptions): Promise<Stack> {
  mkdirSync(options.folder, { recursive: true, mode: 0o700 });
  const sandboxes = await startSandboxes(options);
  return startChildren(options, sandboxes);
}

interface Sandboxes {
  microsoft: MicrosoftSandbox;
  vendors: Vendors;
  /** The product's settings, by environment variable. */
  settings: Record<string, string>;
  botUrl: string;
}

async function startSandboxes({ folder, ports, say }: StackOptions): Promise<Sandboxes> {
  say?.('Starting stand-ins for Microsoft’s sign-in and Graph, IT Glue and Hudu ...');
  const botUrl = `http://127.0.0.1:${ports.bot}`;
  const certificate = await makeCertificate(join(folder, 'certificate'));
  const clientSecret = randomBytes(24).toString('base64url');
  const vendors = await startVendors(certificate, ports.vendors);
  try {
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
      LOG_LEVEL: process.env.LOG_LEVEL ?? 'info',
      DATA_DIR: join(folder, 'bot'),
      AGENT_DIR: agentProgramIn(join(folder, 'agentProgram')),
      GRAPH_APP_ID: APP_ID,
      GRAPH_APP_SECRET: clientSecret,
      MICROSOFT_LOGIN_URL: microsoft.loginUrl,
      GRAPH_URL: microsoft.graphUrl,
      MASTER_KEYS: masterKeysIn(join(folder, 'master-keys')),
      NODE_EXTRA_CA_CERTS: certificate.caFile,
      ...vendors.settings,
    };
    return { microsoft, vendors, settings, botUrl };
  } catch (error) {
    await vendors.stop();
    throw error;
  }
}

async function startChildren(
  { folder, ports, onBroken, openDirectory, say }: StackOptions,
  { microsoft, vendors, settings, botUrl }: Sandboxes,
): Promise<Stack> {
  const watched = <T extends Child>(child: T): T => {
    void child.ended.then((sentence) => sentence && onBroken(sentence));
    return child;
  };
  const start = async () =>
    watched(await startBot({ settings, url: botUrl, logFile: join(folder, 'bot.log') }));
  let bot: Child | undefined;
  let playground: Playground | undefined;
  let customer: Customer | undefined;
  // The parts stop in this order: those that ask stop before those that answer, and the bot stops before the
  // Playground, so that its last answers still appear. The Playground would otherwise wait for open pages.
  const stop = async () => {
    await customer?.stop();
    await bot?.stop(25_000);
    await playground?.stop(1_000);
    await Promise.all([microsoft.stop(), vendors.stop()]);
  };
  try {
    say?.('Starting the bot ...');
    bot = await start();
    say?.('Starting Microsoft’s Agents Playground, where you chat ...');
    const inFolder = { port: ports.playground, botUrl, folder: join(folder, 'playground') };
    playground = watched(await startPlayground(inFolder));
    say?.('Starting Fabrikam’s servers ...');
    customer = await startCustomer({
      folder: join(folder, 'customer'),
      port: ports.customer ?? 0,
      botUrl,
      microsoft: microsoft.control,
      openDirectory,
    });
    return {
      playgroundUrl: playground.url,
      botUrl,
      microsoft,
      vendors,
      customer,
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
