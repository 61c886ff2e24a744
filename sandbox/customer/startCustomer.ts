import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { createLog } from '../../agent/log';
import { DirectoryFault } from '../../agent/ports';
import type { SandboxControl } from '../microsoft/control';
import { type AgentHost, createAgentHost } from './agentHost';
import { type CustomerDirectory, createSecurityLog, type SecurityLog } from './customerDirectory';
import { FABRIKAM, fabrikamUsers, type NewUser } from './fabrikamUsers';
import { createHashSync } from './hashSync';
import { openMemoryCustomer } from './openMemoryCustomer';
import { openServerRoom } from './openServerRoom';
import { standInConnect } from './standInConnect';

/** The real Microsoft Entra Connect does this every two minutes. */
const HASH_SYNC_MS = 4_000;

export interface CustomerOptions {
  /** Holds the data of the directory and the agent. */
  folder: string;
  /** The port of the page; 0: any free one. */
  port: number;
  botUrl: string;
  /** The tenant that the directory syncs to. */
  microsoft: Pick<SandboxControl, 'users' | 'syncPasswords'>;
  /** Default: a directory in memory. */
  openDirectory?: (users: readonly NewUser[], securityLog: SecurityLog) => Promise<CustomerDirectory>;
}

export interface Customer {
  /** The address of the page. */
  url: string;
  directory: CustomerDirectory;
  agent: AgentHost;
  staging: { on: boolean };
  stop(): Promise<void>;
}

/**
 * Fabrikam's own servers: a domain controller with Microsoft Entra Connect and, once somebody installs it,
 * a real agent; and the page for acting as Fabrikam's people. An agent from an earlier run starts again.
 * The bot must be running.
 */
export async function startCustomer(options: CustomerOptions): Promise<Customer> {
  const { folder, port, botUrl, microsoft } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const securityLog = createSecurityLog(() => Date.now());
  const users = fabrikamUsers(microsoft.users(FABRIKAM));
  const inMemory = async () => openMemoryCustomer(join(folder, 'directory.json'), users, securityLog);
  const directory = await (options.openDirectory?.(users, securityLog) ?? inMemory());
  const staging = { on: false };
  const connect = standInConnect(() => staging.on);
  const { eventLog } = securityLog;
  const agent = createAgentHost({
    folder: join(folder, 'agent'),
    server: botUrl,
    directory,
    eventLog,
    connect,
  });
  const room = await openServerRoom({ directory, agent, staging }, port);
  const stopSync = startHashSync({ directory, staging, microsoft });
  await agent.start();
  return {
    url: room.url,
    directory,
    agent,
    staging,
    async stop() {
      await Promise.all([room.stop(), stopSync(), agent.stop()]);
      await directory.close();
    },
  };
}

function startHashSync({
  directory,
  staging,
  microsoft,
}: Pick<Customer, 'directory' | 'staging'> & Pick<CustomerOptions, 'microsoft'>): () => Promise<void> {
  const log = createLog((line) => process.stderr.write(`sandbox: ${line}`));
  const reader = directory.open(log);
  const stop = new AbortController();
  const look = createHashSync({
    directory: reader,
    staging: () => staging.on,
    carry: (accounts) => microsoft.syncPasswords(FABRIKAM, accounts),
  });
  const repeat = async () => {
    while (!stop.signal.aborted) {
      await look().catch(whenAway);
      await delay(HASH_SYNC_MS, undefined, { signal: stop.signal }).catch(() => undefined);
    }
  };
  const ended = repeat();
  return async () => {
    stop.abort();
    await ended;
    await reader.close();
  };
}

/** A domain controller that is off is tried again; any other error is a fault of the sandbox. */
function whenAway(error: unknown): void {
  if (!(error instanceof DirectoryFault)) throw error;
}
