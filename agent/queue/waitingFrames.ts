import { endOf, type Place } from './segments';

/** The frames that wait, oldest first, with what they amount to: nothing but numbers is held in memory. */
export class WaitingFrames {
  private places: Place[] = [];
  /** As they lie on the disk: of the oldest frame some events may be behind `upTo`. */
  bytes = 0;
  events = 0;

  constructor(
    places: readonly Place[],
    private upTo: number,
  ) {
    for (const place of places) if (endOf(place) > upTo) this.push(place);
  }

  get oldest(): Place | undefined {
    return this.places[0];
  }

  push(place: Place): void {
    this.places.push(place);
    this.bytes += place.length;
    this.events += endOf(place) - Math.max(place.first - 1, this.upTo);
  }

  /** Takes `count` events from the front; where the last of them stood. */
  consume(count: number): number {
    let left = count;
    let frames = 0;
    for (const place of this.places) {
      const here = endOf(place) - Math.max(place.first - 1, this.upTo);
      if (here > left) {
        this.upTo = left > 0 ? Math.max(place.first - 1, this.upTo) + left : this.upTo;
        left = 0;
        break;
      }
      this.upTo = endOf(place);
      this.bytes -= place.length;
      left -= here;
      frames += 1;
    }
    this.places.splice(0, frames);
    this.events -= count - left;
    return this.upTo;
  }

  /** The first frames, and how many events of each are behind already. */
  *fromOldest(): Iterable<{ place: Place; behind: number }> {
    for (const place of this.places) yield { place, behind: Math.max(0, this.upTo - place.first + 1) };
  }

  /** How many events the oldest frames hold that have to go, so that so many events and bytes are free below the limits. */
  tooMany(most: { events: number; bytes: number }): number {
    let { events, bytes } = this;
    for (const { place, behind } of this.fromOldest()) {
      if (events <= most.events && bytes <= most.bytes) break;
      events -= place.count - behind;
      bytes -= place.length;
    }
    return this.events - events;
  }
}
