import { endOf, type FramePosition } from './segments';

/** The frames that wait, oldest first, with what they amount to: nothing but numbers is held in memory. */
export class WaitingFrames {
  private positions: FramePosition[] = [];
  /** As they lie on the disk: of the oldest frame some events may be behind `upTo`. */
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

  /** Takes `count` events from the front; where the last of them stood. */
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

  /** The first frames, and how many events of each are behind already. */
  *fromOldest(): Iterable<{ position: FramePosition; behind: number }> {
    for (const position of this.positions)
      yield { position, behind: Math.max(0, this.upTo - position.first + 1) };
  }

  /** How many events the oldest frames hold that have to go, so that so many events and bytes are free below the limits. */
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
