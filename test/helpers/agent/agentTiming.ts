import type { Timing } from '../../../agent/timing';

interface Sleep {
  ms: number;
  until: number;
  wake: () => void;
}

/** Time that stands still until a test moves it. */
export class AgentTiming implements Timing {
  at = 1_800_000_000_000;
  /** All sleeps so far, in milliseconds. */
  readonly slept: number[] = [];
  private sleeping: Sleep[] = [];
  private watchers: (() => void)[] = [];

  /** `passes`: says which sleeps end at once; the time moves with them. */
  constructor(private readonly passes: (ms: number) => boolean = () => false) {}

  now = () => this.at;
  random = () => 0.5;

  sleep = async (ms: number, signal?: AbortSignal): Promise<void> => {
    signal?.throwIfAborted();
    this.slept.push(ms);
    if (this.passes(ms)) {
      this.at += ms;
      return new Promise((resolve) => setImmediate(resolve));
    }
    return new Promise((resolve, reject) => {
      const aborted = () => {
        this.sleeping = this.sleeping.filter((other) => other !== sleep);
        reject(signal?.reason);
      };
      const wake = () => {
        signal?.removeEventListener('abort', aborted);
        resolve();
      };
      const sleep = { ms, until: this.at + ms, wake };
      this.sleeping.push(sleep);
      signal?.addEventListener('abort', aborted);
      for (const watch of this.watchers.splice(0)) watch();
    });
  };

  /** Resolves when somebody sleeps for such a time. */
  async sleeper(ms: (asked: number) => boolean): Promise<void> {
    while (!this.sleeping.some((sleep) => ms(sleep.ms)))
      await new Promise<void>((resolve) => this.watchers.push(resolve));
  }

  advance(ms: number): void {
    this.at += ms;
    const due = this.sleeping.filter(({ until }) => until <= this.at);
    this.sleeping = this.sleeping.filter(({ until }) => until > this.at);
    for (const { wake } of due) wake();
  }
}
