import { LIMITS } from '../../domain/agentProtocol/protocol';
import type { OrderReport } from '../bot/botClient';
import type { AgentLog } from '../ports';
import { coalesced } from '../sync/coalesced';
import { type JournalEntry, type KeptJournal, readJournal, writeJournal } from './journalFile';

type BegunOrder = Pick<JournalEntry, 'id' | 'verb' | 'expiresAt'>;

/**
 * Keeps on disk what the agent began and how it ended. So an order is done once and reported, even if the
 * agent or the bot dies. It never holds an input, because an input may be a secret.
 */
export interface OrderJournal {
  /** 'left': an earlier run of the agent began it, or may have begun it, and nobody knows how it ended. */
  stateOf(order: BegunOrder): 'new' | 'begun' | 'left' | 'ended';
  /**
   * Whether the journal can keep one more. If it cannot, the agent refuses the order, and the bot sends it
   * again.
   */
  hasSpace(): boolean;
  /** Resolves when the disk says that this order has begun. Rejects when the agent cannot write. */
  begin(order: BegunOrder): Promise<void>;
  /**
   * Resolves when the outcome is on the disk, and rejects when the agent cannot write. In both cases the
   * report then waits to be sent.
   */
  end(order: BegunOrder, report: Omit<OrderReport, 'id'>): Promise<void>;
  left(): BegunOrder[];
  untold(): OrderReport[];
  tellAgain(id: string): void;
  told(reports: OrderReport[]): void;
  /** After this the journal writes nothing. */
  close(): Promise<void>;
}

const MOST = 200;
/** The bot keeps an order this long. */
const WEEK_MS = 7 * 24 * 60 * 60_000;

export interface JournalDeps {
  folder: string;
  log: AgentLog;
  /** By the bot's clock. */
  now(): number;
}

export async function openJournal(deps: JournalDeps): Promise<OrderJournal> {
  try {
    return new Journal(deps, await readJournal(deps.folder), false);
  } catch (err) {
    deps.log.error({ err }, 'the journal of orders cannot be read any more');
    return new Journal(deps, { entries: [] }, true);
  }
}

class Journal implements OrderJournal {
  private readonly entries: Map<string, JournalEntry>;
  private readonly begun = new Set<string>();
  private readonly waiting = new Map<string, OrderReport>();
  private lostAt: number | undefined;
  private closed = false;
  private readonly save: () => Promise<void>;

  constructor(
    private readonly deps: JournalDeps,
    kept: KeptJournal,
    private lost: boolean,
  ) {
    this.entries = new Map(kept.entries.map((entry) => [entry.id, entry]));
    this.lostAt = kept.lostAt;
    for (const { id, report, told } of kept.entries) if (report && !told) this.waiting.set(id, report);
    this.save = coalesced(async () => {
      if (this.closed) return;
      await writeJournal(deps.folder, { entries: [...this.entries.values()], lostAt: this.lostAt });
    });
  }

  stateOf({ id, expiresAt }: BegunOrder) {
    const entry = this.entries.get(id);
    if (entry?.report) return 'ended';
    if (entry) return this.begun.has(id) ? 'begun' : 'left';
    return this.mayBeLost(expiresAt) ? 'left' : 'new';
  }

  hasSpace(): boolean {
    this.forget();
    return this.entries.size < MOST;
  }

  begin({ id, verb, expiresAt }: BegunOrder): Promise<void> {
    this.begun.add(id);
    this.entries.set(id, { id, verb, expiresAt, told: false });
    return this.save();
  }

  async end({ id, verb, expiresAt }: BegunOrder, came: Omit<OrderReport, 'id'>): Promise<void> {
    const report = { id, ...came };
    this.entries.set(id, { id, verb, expiresAt, report, told: false });
    this.begun.delete(id);
    await this.save().finally(() => this.waiting.set(id, report));
  }

  left = () => [...this.entries.values()].filter(({ id, report }) => !report && !this.begun.has(id));
  untold = () => [...this.waiting.values()];

  tellAgain(id: string): void {
    const report = this.entries.get(id)?.report;
    if (report) this.waiting.set(id, report);
  }

  told(reports: OrderReport[]): void {
    for (const { id } of reports) {
      this.waiting.delete(id);
      const entry = this.entries.get(id);
      if (entry) this.entries.set(id, { ...entry, told: true });
    }
    this.save().catch((err) => this.deps.log.warn({ err }, 'what the bot has received was not stored'));
  }

  async close(): Promise<void> {
    await this.save().catch(() => undefined);
    this.closed = true;
  }

  /**
   * An order from before the file was lost may have begun. The agent knows the bot's time once an order
   * came.
   */
  private mayBeLost(expiresAt: number): boolean {
    if (this.lost) this.lostAt = this.deps.now();
    this.lost = false;
    return this.lostAt !== undefined && expiresAt <= this.lostAt + LIMITS.orderMs;
  }

  /**
   * A report that waits for the bot stays as long as the bot keeps its order. Other entries stay until
   * their order expires.
   */
  private forget(): void {
    const now = this.deps.now();
    const keptMs = (id: string) => (this.waiting.has(id) || this.begun.has(id) ? WEEK_MS : LIMITS.orderMs);
    const all = [...this.entries.values()];
    const old = all.filter(({ id, expiresAt }) => expiresAt + keptMs(id) < now);
    const spare = all.filter(({ told }) => told).slice(0, Math.max(0, all.length + 1 - MOST));
    for (const { id } of [...old, ...spare])
      for (const kept of [this.entries, this.waiting, this.begun]) kept.delete(id);
  }
}
