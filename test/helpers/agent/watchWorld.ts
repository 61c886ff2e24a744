import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createUnreadUsers } from '../../../agent/directory/unreadUsers';
import { type AgentLog, type Directory, DirectoryFault, type ResetLog } from '../../../agent/ports';
import type { AskWho } from '../../../agent/watch/boundedResetLog';
import { type Memory, openMemory } from '../../../agent/watch/memory';
import { createRecentResets } from '../../../agent/watch/recentResets';
import { type Gap, lookForResets } from '../../../agent/watch/watchResets';
import type { NewAgentEvent } from '../../../domain/agentProtocol/agentEvent';

export const quietLog: AgentLog = { info: () => undefined, warn: () => undefined, error: () => undefined };
const nobody: ResetLog = { whoReset: async () => undefined };

type Reset = Extract<NewAgentEvent, { type: 'reset' }>;
const tellLater = () => undefined;

/** A watcher of a directory. The test makes each look, and the memory lies on the disk. */
export class Watcher {
  readonly folder = mkdtempSync(join(tmpdir(), 'keyturn-watch-'));
  readonly told: NewAgentEvent[] = [];
  /** How many users it cannot read, as it said last. */
  unreadUsers = 0;
  resetLog = nobody;
  /** Runs before each append to the queue; when it throws, that is a kill. */
  appending: (events: NewAgentEvent[]) => void = () => undefined;
  private memory?: Memory;
  private gap: Gap = 'away';
  private recent = createRecentResets();
  private readonly unread = createUnreadUsers((count) => {
    this.unreadUsers = count;
  }, quietLog);

  constructor(
    private readonly directory: Directory,
    private readonly now: () => number = Date.now,
  ) {}

  /** The resets that this look told. */
  async look(): Promise<Reset[]> {
    const from = this.told.length;
    this.memory ??= await openMemory(this.folder);
    const append = async (events: NewAgentEvent[]) => {
      this.appending(events);
      this.told.push(...events);
    };
    const { directory, memory, recent } = this;
    const askWho: AskWho = async (...asked) => ({ who: await this.resetLog.whoReset(...asked) });
    const { unread, now } = this;
    const deps = { directory, memory, append, askWho, recent, tellLater, unread, clock: { now } };
    try {
      await lookForResets(deps, this.gap);
      this.gap = 'none';
    } catch (error) {
      this.gap = error instanceof DirectoryFault && error.kind === 'refused' ? 'blind' : 'away';
      throw error;
    }
    return this.told.slice(from).filter((event): event is Reset => event.type === 'reset');
  }

  /** As after a kill: it knows only what is on the disk. */
  async startAgain(): Promise<void> {
    await this.memory?.close();
    this.memory = undefined;
    this.recent = createRecentResets();
    this.gap = 'away';
  }

  async close(): Promise<void> {
    await this.memory?.close();
    await this.directory.close();
    rmSync(this.folder, { recursive: true, force: true });
  }
}

/** What the bot tells one reset from another by. */
export const identityOf = ({ user, password }: Reset) =>
  `${user.objectGuid} ${password.version ?? password.pwdLastSet}`;
