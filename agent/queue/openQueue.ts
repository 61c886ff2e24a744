import { randomUUID } from 'node:crypto';
import { EventEmitter, once } from 'node:events';
import { type AgentEvent, agentEvent, type NewAgentEvent } from '../../domain/agentProtocol/agentEvent';
import { makePrivateFolder } from '../files';
import type { AgentLog, EventQueue } from '../ports';
import { type StoredEvent, sealFrame } from './frame';
import { freshState, type QueueState, readState, stateAfterLoss, writeState } from './queueState';
import { endOf, Segments } from './segments';
import { WaitingFrames } from './waitingFrames';

export interface QueueOptions {
  folder: string;
  /** 32 bytes. */
  key: Uint8Array;
  log: AgentLog;
  now(): number;
  /** Default: 100,000 events, 64 MB. */
  most?: { events: number; bytes: number };
}
const MOST = { events: 100_000, bytes: 64 * 1024 * 1024 };

/**
 * Opens the queue in `folder`, with the events that wait there. One process at a time. Throws the system's
 * error when the disk fails.
 */
export async function openQueue(options: QueueOptions): Promise<EventQueue> {
  const { folder, key, log } = options;
  await makePrivateFolder(folder);
  const segments = new Segments(folder, key);
  const [known, { positions, end }] = [await readState(folder), await segments.scan()];
  let state = known ?? freshState((positions[0]?.first ?? end + 1) - 1);
  const waiting = new WaitingFrames(positions, state.upTo);
  const lost = Math.max(0, end - state.upTo) - waiting.events;
  if (lost > 0) {
    log.error({ lost }, 'the disk lost events that waited to be sent');
    state = stateAfterLoss(state, lost, state.upTo, options.now());
  }
  if (state !== known) await writeState(folder, state);
  await segments.removeBefore(waiting.oldest);
  return new DiskQueue(options, segments, state, waiting, Math.max(end, state.upTo));
}

const withoutSeq = ({ seq: _seq, ...event }: AgentEvent) => event as StoredEvent;

class DiskQueue implements EventQueue {
  /** The queue changes the disk one step at a time, in the order of the calls. */
  private turn: Promise<unknown> = Promise.resolve();
  private readonly appended = new EventEmitter().setMaxListeners(0);
  private readonly most: { events: number; bytes: number };

  constructor(
    private readonly options: QueueOptions,
    private readonly segments: Segments,
    private state: QueueState,
    private readonly frames: WaitingFrames,
    /** The number of the last event that was appended. */
    private last: number,
  ) {
    this.most = options.most ?? MOST;
  }

  get stream(): string {
    return this.state.stream;
  }

  async append(events: NewAgentEvent[]): Promise<void> {
    if (events.length === 0) return;
    await this.inTurn(() => this.write(events.map((event) => this.stored(event))));
    this.appended.emit('appended');
  }

  async whenWaiting(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    while (this.waiting().events === 0) await once(this.appended, 'appended', { signal });
  }

  first(count: number): AgentEvent[] {
    const { acknowledged, dropped } = this.state;
    const found: StoredEvent[] = dropped ? [{ type: 'dropped', ...dropped }] : [];
    for (const { position, behind } of this.frames.fromOldest()) {
      if (found.length >= count) break;
      const events = this.segments.read(position, (error) =>
        this.options.log.error({ err: error }, 'a file of the queue cannot be read'),
      );
      if (!events) {
        if (found.length === 0) this.giveUp();
        break;
      }
      found.push(...events.slice(behind));
    }
    return found.slice(0, count).map((event, index) => ({ ...event, seq: acknowledged + 1 + index }));
  }

  acknowledge(seq: number): Promise<void> {
    const { stream } = this.state;
    // The stream may have changed by then.
    return this.inTurn(() => (stream === this.state.stream ? this.forget(seq) : undefined));
  }

  beginStream(): Promise<void> {
    return this.inTurn(() => this.keep({ ...this.state, ...freshState(this.state.upTo) }));
  }

  waiting(): { events: number; oldestAt?: number } {
    const { dropped } = this.state;
    const oldestAt = dropped?.seenAt ?? this.frames.oldest?.seenAt;
    return { events: this.frames.events + (dropped ? 1 : 0), ...(oldestAt !== undefined && { oldestAt }) };
  }

  close(): Promise<void> {
    return this.inTurn(() => this.segments.close());
  }

  private inTurn<T>(work: () => Promise<T> | T): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => undefined);
    return done;
  }

  /** An event that the bot cannot read would block all later ones. */
  private stored(event: NewAgentEvent): StoredEvent {
    const { id = randomUUID() } = event;
    const parsed = agentEvent.safeParse({ ...event, id, seq: 1 });
    if (parsed.success) return withoutSeq(parsed.data);
    const fields = parsed.error.issues.map(({ path }) => path.join('.')).join(', ');
    this.options.log.error({ type: event.type, fields }, 'an event does not fit the protocol');
    return { type: 'dropped', id: randomUUID(), seenAt: this.options.now(), count: 1 };
  }

  private async write(events: StoredEvent[]): Promise<void> {
    const head = { first: this.last + 1, seenAt: Math.max(0, Math.round(events[0]?.seenAt ?? 0)) };
    const frame = sealFrame(this.options.key, head, events);
    await this.makeSpace(events.length, frame.length);
    const position = await this.segments.append(frame, { ...head, count: events.length });
    this.last = endOf(position);
    this.frames.push(position);
  }

  /**
   * Drops the oldest events until a tenth of the queue is free, so that the next event does not start this
   * again.
   */
  private async makeSpace(events: number, bytes: number): Promise<void> {
    const fits =
      this.frames.events + events <= this.most.events && this.frames.bytes + bytes <= this.most.bytes;
    if (fits) return;
    const most = { events: this.most.events * 0.9 - events, bytes: this.most.bytes * 0.9 - bytes };
    await this.lose(this.frames.tooMany(most));
  }

  /**
   * Gives up the oldest events, which the disk has lost. It counts them only now, because others may have
   * gone meanwhile.
   */
  private giveUp(): void {
    this.inTurn(() => this.lose(this.unreadable())).catch((error) =>
      this.options.log.error({ err: error }, 'a loss of the queue cannot be stored'),
    );
  }

  private unreadable(): number {
    let count = 0;
    for (const { position, behind } of this.frames.fromOldest()) {
      // The log already has the reason for the first one.
      if (this.segments.read(position, () => undefined)) break;
      count += position.count - behind;
    }
    return count;
  }

  private async lose(count: number): Promise<void> {
    if (count === 0) return;
    this.options.log.error({ count }, 'events are lost: the queue is full or its disk is broken');
    const upTo = this.frames.consume(count);
    await this.keep(stateAfterLoss(this.state, count, upTo, this.options.now()));
  }

  private async forget(seq: number): Promise<void> {
    const { acknowledged, dropped, stream } = this.state;
    const told = Math.min(seq - acknowledged, this.waiting().events);
    if (told <= 0) return;
    const upTo = this.frames.consume(told - (dropped ? 1 : 0));
    await this.keep({ stream, acknowledged: acknowledged + told, upTo });
  }

  private async keep(state: QueueState): Promise<void> {
    this.state = state;
    await writeState(this.options.folder, state);
    await this.segments.removeBefore(this.frames.oldest);
  }
}
