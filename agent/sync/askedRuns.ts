import type { AskedFile } from './askedFile';
import {
  type AskedSync,
  ask,
  begin,
  dueAt,
  end,
  merge,
  type SyncRequest,
  type SyncState,
  unserved,
} from './askedSync';
import { coalesced } from './coalesced';

export interface AskedRunsDeps<Served> {
  file: AskedFile;
  /** Serves all requests with one run. */
  run(asked: AskedSync): Promise<Served>;
  now(): number;
  /** Throws when the signal is aborted. */
  sleep(ms: number, signal: AbortSignal): Promise<void>;
  /**
   * Gets what `run` throws, and failures to read or write the file: a crash after one loses a request, and
   * nothing else is lost.
   */
  failed(error: unknown): void;
}

interface Waiter<Served> {
  resolve(served: Served | undefined): void;
  reject(error: unknown): void;
}

const REMEMBERED = 500;

/**
 * Serves requests one run at a time, and all that come meanwhile with one more run. It writes down what is
 * not served yet.
 */
export class AskedRuns<Served> {
  private state: SyncState = {};
  private waiters: Waiter<Served>[] = [];
  private beingServed: Waiter<Served>[] = [];
  /**
   * The result of each order by its id: the bot may send again an order that was taken up from the file.
   */
  private readonly served = new Map<string, Served>();
  private wake = new AbortController();
  private closed = false;
  private readonly save: () => Promise<void>;
  private readonly driving: Promise<void>;

  constructor(private readonly deps: AskedRunsDeps<Served>) {
    this.save = coalesced(() => deps.file.write(unserved(this.state)).catch(deps.failed));
    this.driving = this.drive();
  }

  /**
   * Resolves with the result of the run that serves it; undefined: it was closed before. Rejects with what
   * `run` threw.
   */
  ask(request: SyncRequest): Promise<Served | undefined> {
    const { commandId = '' } = request;
    if (this.closed) return Promise.resolve(undefined);
    if (this.served.has(commandId)) return Promise.resolve(this.served.get(commandId));
    if (this.state.running?.commandIds.includes(commandId)) return waitingIn(this.beingServed);
    this.state = ask(this.state, request, this.deps.now());
    const served = waitingIn(this.waiters);
    void this.save();
    this.rouse();
    return served;
  }

  /** Requests that are not served stay written down. Resolves when nothing runs any more. */
  async close(): Promise<void> {
    this.closed = true;
    this.rouse();
    await this.driving;
    for (const { resolve } of this.waiters.splice(0)) resolve(undefined);
    await this.save();
  }

  private rouse(): void {
    this.wake.abort();
    this.wake = new AbortController();
  }

  private async drive(): Promise<void> {
    const kept = await this.deps.file.read(this.deps.now()).catch(this.deps.failed);
    if (kept) this.state = { ...this.state, waiting: merge(kept, this.state.waiting) };
    while (!this.closed) await this.step();
  }

  private async step(): Promise<void> {
    const due = dueAt(this.state);
    const now = this.deps.now();
    if (due !== undefined && due <= now) return this.serve();
    await this.pause(due === undefined ? undefined : due - now);
  }

  private async pause(ms: number | undefined): Promise<void> {
    const { signal } = this.wake;
    if (ms !== undefined) return this.deps.sleep(ms, signal).catch(() => undefined);
    await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }));
  }

  private async serve(): Promise<void> {
    this.beingServed = this.waiters.splice(0);
    this.state = begin(this.state, this.deps.now());
    const { running } = this.state;
    if (!running) return;
    await this.save();
    try {
      const result = await this.deps.run(running);
      if (!this.closed) this.remember(running, result);
      for (const { resolve } of this.beingServed) resolve(this.closed ? undefined : result);
    } catch (error) {
      this.deps.failed(error);
      for (const { reject } of this.beingServed) reject(error);
    }
    if (this.closed) return;
    this.state = end(this.state);
    await this.save();
  }

  private remember({ commandIds }: AskedSync, result: Served): void {
    for (const id of commandIds) this.served.set(id, result);
    for (const id of [...this.served.keys()].slice(0, -REMEMBERED)) this.served.delete(id);
  }
}

const waitingIn = <Served>(waiters: Waiter<Served>[]): Promise<Served | undefined> =>
  new Promise((resolve, reject) => waiters.push({ resolve, reject }));
