import { endOf, type FramePosition } from './segments';

/** The waiting frames, oldest first, with their total. It holds only numbers in memory. */
export class WaitingFrames {
  private positions: FramePosition[] = [];
  /** The bytes on the disk. Some events of the oldest frame may lie before `upTo`. */
  bytes = 0;
  events = 0;

  constructor(
    positions: readonly FramePosition[],
    private upTo: number,
  ) {
    for (const position of positions) if (endOf(position) > upTo) this.push(position);
  }

  get oldest(): FramePosition | undefined {
    return this.positions[0];
  }

  push(position: FramePosition): void {
    this.positions.push(position);
    this.bytes += position.length;
    this.events += endOf(position) - Math.max(position.first - 1, this.upTo);
  }

  /** Takes `count` events from the front, and returns the number of the last one. */
  consume(count: number): number {
    let left = count;
    let frames = 0;
    for (const position of this.positions) {
      const here = endOf(position) - Math.max(position.first - 1, this.upTo);
      if (here > left) {
        this.upTo = left > 0 ? Math.max(position.first - 1, this.upTo) + left : this.upTo;
        left = 0;
        break;
      }
      this.upTo = endOf(position);
      this.bytes -= position.length;
      left -= here;
      frames += 1;
    }
    this.positions.splice(0, frames);
    this.events -= count - left;
    return this.upTo;
  }

  /** Frames from the oldest on, and how many events of each are already done. */
  *fromOldest(): Iterable<{ position: FramePosition; behind: number }> {
    for (const position of this.positions)
      yield { position, behind: Math.max(0, this.upTo - position.first + 1) };
  }

  /**
   * How many events have to go with the oldest frames, so that this many events and bytes are free below
   * the limits.
   */
  tooMany(most: { events: number; bytes: number }): number {
    let { events, bytes } = this;
    for (const { position, behind } of this.fromOldest()) {
      if (events <= most.events && bytes <= most.bytes) break;
      events -= position.count - behind;
      bytes -= position.length;
    }
    return this.events - events;
  }
}
