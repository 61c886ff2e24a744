import { createHash } from 'node:crypto';
import type { Clock, Random } from '../../../domain/ports';
import type { Stores } from '../../../domain/stores/stores';
import { storesOf } from '../../../storage/collections';
import { MemoryStore } from './memoryStore';

/** A clock that stands still until a test moves it. */
export class TestClock implements Clock {
  constructor(private time = Date.UTC(2026, 10, 23, 9)) {}
  now = (): number => this.time;
  advance(ms: number): void {
    this.time += ms;
  }
}

/** Different values on every call, and the same values in every run. */
export class TestRandom implements Random {
  private calls = 0;
  id = (): string => {
    const hex = this.next();
    return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
  };
  token = (bytes: number): string => Buffer.from(this.next(), 'hex').subarray(0, bytes).toString('base64url');
  digits = (digits: number): string => String(BigInt(`0x${this.next()}`)).slice(-digits);
  private next = (): string =>
    createHash('sha256')
      .update(String(this.calls++))
      .digest('hex');
}

/** Every collection, in memory, with the keys that the product declares. */
export const memoryStores = (clock: Clock): Stores => storesOf((def) => new MemoryStore(def, clock));
