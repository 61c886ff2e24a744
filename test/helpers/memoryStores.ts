import { createHash } from 'node:crypto';
import type { Clock, Random, Stores } from '../../domain/ports';
import { MemoryStore } from './memoryStore';

/** A clock that stands still until a test moves it. */
export class TestClock implements Clock {
  constructor(private time = Date.UTC(2026, 10, 23, 9)) {}
  now = (): number => this.time;
  advance(ms: number): void {
    this.time += ms;
  }
}

/** Different values on every call, the same in every run. */
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

/** Every collection, in memory, with the keys that the use cases list and find by. */
export function memoryStores(clock: Clock): Stores {
  return {
    customers: new MemoryStore(
      'customers',
      {
        keys: ({ status, nameKey, changedAt }) => ({ status, nameKey, changedAt }),
        unique: (customer) => ({
          createdByRequest: customer.createdByRequest,
          ...(customer.status === 'active' && {
            nameKey: customer.nameKey,
            tenantId: 'tenant' in customer.office365 ? customer.office365.tenant.tenantId : undefined,
          }),
        }),
      },
      clock,
    ),
    people: new MemoryStore('people', { keys: ({ name }) => ({ name }) }, clock),
    audit: new MemoryStore('audit', { keys: ({ at, customerId }) => ({ at, customerId }) }, clock),
    conversations: new MemoryStore(
      'conversations',
      { keys: ({ changedAt }) => ({ changedAt }), due: ({ pending }) => pending?.dueAt },
      clock,
    ),
    references: new MemoryStore('references', { keys: ({ personId, kind }) => ({ personId, kind }) }, clock),
    signIns: new MemoryStore(
      'signIns',
      {
        keys: ({ conversationKey, createdAt }) => ({ conversationKey, createdAt }),
        unique: ({ stateHash }) => ({ stateHash }),
        expires: ({ expiresAt }) => expiresAt,
      },
      clock,
    ),
    jobs: new MemoryStore(
      'jobs',
      {
        keys: ({ kind, state }) => ({ kind, state }),
        due: (job) => (job.state === 'waiting' ? job.dueAt : undefined),
      },
      clock,
    ),
  };
}
