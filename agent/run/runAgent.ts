import { once } from 'node:events';
import type { BotClient } from '../bot/botClient';
import type { BotClock } from '../bot/botClock';
import { createUnreadUsers, type UnreadUsers } from '../directory/unreadUsers';
import { giveMemoryBack } from '../footprint';
import { createOrders } from '../orders';
import type { OrderJournal } from '../orders/journal';
import { OrderFailed } from '../orders/orderDoer';
import {
  type AgentLog,
  type DeltaSyncs,
  type Directory,
  DirectoryFault,
  type EventLog,
  type EventQueue,
} from '../ports';
import type { Timing } from '../timing';
import { VERSION } from '../version';
import type { Watch, WatchServices } from '../watch/watchServices';
import { beat } from './beat';
import { createHealthBook, type HealthBook } from './health';
import { obeyOrders } from './obeyOrders';
import { oneAtATime } from './oneAtATime';
import type { Persistence } from './persistently';
import { createRevocation } from './revocation';
import { sendEvents } from './sendEvents';
import { pause, supervise } from './supervise';
import { uploadInventory } from './uploadInventory';

/** The parts of an agent: real ones at a customer, stand-ins in the sandbox and in tests. */
export interface AgentParts {
  client: BotClient;
  clock: BotClock;
  queue: EventQueue;
  journal: OrderJournal;
  deltaSyncs: DeltaSyncs;
  eventLog: Pick<EventLog, 'health'>;
  /** Absent while no directory is configured: the agent then only beats. */
  directory?: { open(): Promise<Directory>; watch: Watch };
  log: AgentLog;
  timing: Timing;
}

const NO_DIRECTORY = {
  state: 'notConfigured' as const,
  finding:
    'It was installed without one. Install it again with --make-account on a domain controller, or with --directory and --account.',
};
const INVENTORY_MS = 24 * 60 * 60_000;
const AGAIN_MS = 5 * 60_000;
const SETTLED_MS = 5_000;

/**
 * Runs an agent until the signal. Resolves when all parts have ended and queue, journal and delta syncs are
 * closed. A part that fails is started again and does not disturb the others. Never throws because of the
 * directory, the bot or Microsoft Entra Connect.
 */
export async function runAgent(parts: AgentParts, signal: AbortSignal): Promise<void> {
  const { log, timing, queue, journal, deltaSyncs, directory } = parts;
  log.info({ version: VERSION, stream: queue.stream, waiting: queue.waiting().events }, 'the agent runs');
  const health = createHealthBook(
    { ...parts, now: timing.now },
    directory ? { state: 'starting' } : NO_DIRECTORY,
  );
  const unread = createUnreadUsers(health.tellUnread, log);
  const persistence = { log, timing, revocation: createRevocation(log) };
  const inventory = oneAtATime(() => tellInventory(parts, { ...persistence, unread }, signal));
  const firstLook = createFirstLook();
  const orders = createOrders({ askDeltaSync: asking(deltaSyncs, health), tellUsers: inventory });
  const keep = (part: string, run: (signal: AbortSignal) => Promise<void>) =>
    supervise(part, run, { log, timing, signal });
  await Promise.all([
    keep('beat', (until) => beat({ ...parts, ...persistence, health }, until)),
    keep('sender', (until) => sendEvents({ ...parts, ...persistence }, until)),
    keep('commands', (until) => obeyOrders({ ...parts, ...persistence, orders }, until)),
    directory &&
      keep('watch', (until) => directory.watch(watchServices(parts, { health, firstLook, unread }, until))),
    directory && keep('inventory', (until) => daily(inventory, firstLook, parts, until)),
  ]);
  await deltaSyncs.close();
  await queue.close();
  await journal.close();
  log.info({}, 'the agent has stopped');
}

function watchServices(
  { queue, deltaSyncs, clock, log }: AgentParts,
  { health, firstLook, unread }: { health: HealthBook; firstLook: FirstLook; unread: UnreadUsers },
  signal: AbortSignal,
): WatchServices {
  const ask = asking(deltaSyncs, health);
  return {
    append: (events) => queue.append(events),
    askDeltaSync(resets) {
      ask({ resets }).catch((error) => log.error({ err: error }, 'a delta sync was not asked for'));
    },
    tellHealth(found) {
      health.tellDirectory(found);
      if (found.state === 'reading') firstLook.done();
    },
    unread,
    clock,
    log,
    signal,
  };
}

/** Asks for a delta sync. The next beat tells the state of Microsoft Entra Connect that it found. */
const asking =
  (deltaSyncs: DeltaSyncs, health: HealthBook): DeltaSyncs['ask'] =>
  (request) =>
    deltaSyncs.ask(request).finally(() => void health.look());

async function tellInventory(
  { client, directory, log }: AgentParts,
  persistence: Persistence & { unread: UnreadUsers },
  signal: AbortSignal,
): Promise<number> {
  if (!directory) throw new OrderFailed(`The agent has no directory to read. ${NO_DIRECTORY.finding}`);
  const users = await uploadInventory({ client, openDirectory: directory.open, ...persistence }, signal);
  log.info({ users }, 'all users were reported');
  giveMemoryBack();
  return users;
}

type FirstLook = ReturnType<typeof createFirstLook>;

/**
 * Other parts read the whole directory only after the watch has: two readings at a time would need twice
 * the memory.
 */
function createFirstLook() {
  const looked = new AbortController();
  return {
    /** The directory has been read. */
    done() {
      if (looked.signal.aborted) return;
      looked.abort();
      giveMemoryBack();
    },
    /** Resolves when the directory has been read. */
    async before(signal: AbortSignal) {
      const either = AbortSignal.any([looked.signal, signal]);
      if (!either.aborted) await once(either, 'abort');
    },
  };
}

/**
 * Runs after the first look and then every day. While the directory is away, the watch reports it; this
 * part only tries again.
 */
async function daily(
  inventory: () => Promise<number>,
  firstLook: FirstLook,
  { timing, log }: AgentParts,
  signal: AbortSignal,
): Promise<void> {
  await firstLook.before(signal);
  while (!signal.aborted) {
    const told = await inventory().catch((error) => {
      if (!(error instanceof DirectoryFault)) throw error;
      log.warn({ err: error }, 'the users could not be read yet');
    });
    // Work that was still on its way has ended by then.
    await pause(timing, SETTLED_MS, signal);
    giveMemoryBack();
    await pause(timing, told === undefined ? AGAIN_MS : INVENTORY_MS, signal);
  }
}
