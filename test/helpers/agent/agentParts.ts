import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type BotClient, createBotClient } from '../../../agent/bot/botClient';
import { createBotClock } from '../../../agent/bot/botClock';
import { createExchange, type ExchangeSettings } from '../../../agent/bot/exchange';
import { openIdentity } from '../../../agent/identity';
import { createLog } from '../../../agent/log';
import { openJournal } from '../../../agent/orders/journal';
import type { Directory, SecretKeeper, SecretName } from '../../../agent/ports';
import { openQueue } from '../../../agent/queue/openQueue';
import type { AgentParts } from '../../../agent/run/runAgent';
import type { DirectoryUser } from '../../../domain/agentProtocol/directoryUser';
import { AgentTiming } from './agentTiming';
import { AGENT_ID, FakeBot } from './fakeBot';
import { QUEUE_KEY } from './queueEvents';

/** Secrets that end with the test. */
export function memorySecrets(): SecretKeeper {
  const kept = new Map<SecretName, Buffer>();
  return {
    read: async (name) => kept.get(name),
    write: async (name, secret) => void kept.set(name, Buffer.from(secret)),
    remove: async (name) => void kept.delete(name),
  };
}

export const directoryUserOf = (n: number, more: Partial<DirectoryUser> = {}): DirectoryUser => ({
  objectGuid: `00000000-0000-4000-8000-${String(n).padStart(12, '0')}`,
  samAccountName: `user${n}`,
  distinguishedName: `CN=User ${n},DC=contoso,DC=test`,
  userAccountControl: 512,
  pwdLastSet: '133800000000000000',
  memberOf: [],
  ...more,
});

export const directoryOf = (users: DirectoryUser[]): Directory => ({
  state: async () => ({
    domain: 'contoso.test',
    domainController: 'dc1',
    invocationId: 'i',
    highestUsn: 1n,
    now: Date.now(),
  }),
  highestUsn: async () => 1n,
  async *usersSince() {
    for (let at = 0; at < users.length; at += 500)
      yield users.slice(at, at + 500).map((user) => ({ user, usn: 1n }));
  },
  close: async () => undefined,
});

/** A client of `server` with a key pair of its own. */
export async function clientOf(
  server: string,
  more: Partial<ExchangeSettings> = {},
  now: () => number = Date.now,
) {
  const identity = await openIdentity(memorySecrets());
  const clock = createBotClock(now);
  const exchange = createExchange({ server, ...more });
  const client = createBotClient({ server, exchange, identity, agentId: AGENT_ID, clock });
  return { client, clock, identity, exchange };
}

/** The parts of an enrolled agent, and the bot it speaks to. */
export async function runWorld(options: { passes?: (ms: number) => boolean; port?: number } = {}) {
  const folder = mkdtempSync(join(tmpdir(), 'agent-'));
  const bot = await new FakeBot().listen(undefined, options.port);
  const timing = new AgentTiming(options.passes);
  timing.at = Date.now();
  const lines: string[] = [];
  const log = createLog((line) => lines.push(line));
  const { client, clock, identity, exchange } = await clientOf(bot.url, {}, timing.now);
  bot.publicKey = identity.publicKey;
  const queue = await openQueue({ folder, key: QUEUE_KEY, log, now: clock.now });
  const parts: AgentParts = {
    client,
    clock,
    queue,
    journal: await openJournal({ folder: join(folder, 'orders'), log, now: clock.now }),
    log,
    timing,
    eventLog: { health: async () => ({ state: 'none' }) },
    deltaSyncs: {
      ask: async () => ({ outcome: 'ran', finding: 'A delta sync ran.' }),
      health: async () => ({ state: 'notInstalled' }),
      close: async () => undefined,
    },
  };
  return {
    bot,
    timing,
    parts,
    queue,
    lines,
    async close() {
      exchange.close();
      await bot.close();
      await queue.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

export type RunWorld = Awaited<ReturnType<typeof runWorld>>;
export const beatOf = (): Parameters<BotClient['beat']>[0] => ({
  version: '1',
  skewMs: 0,
  waiting: { events: 0 },
  health: { directory: { state: 'reading' }, connect: { state: 'unknown' }, eventLog: { state: 'none' } },
});
