const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const MIB = 1024 * 1024;

/**
 * What the agents of one customer may tell together: so much for each agent that is online. So much at once,
 * and again so much in each period, spread over it. A directory of 50,000 users whose passwords are all reset
 * in a day, and whose inventory is taken once, stays below; beyond it the agents keep what they have.
 */
export const CUSTOMER_BOUNDS = {
  events: { most: 20_000, everyMs: HOUR, words: 'events an hour' },
  eventsInDay: { most: 60_000, everyMs: DAY, words: 'events a day' },
  eventBytes: { most: 128 * MIB, everyMs: DAY, words: 'bytes of events a day' },
  users: { most: 500_000, everyMs: DAY, words: 'users of inventories a day' },
  /** As they are kept. */
  userBytes: { most: 128 * MIB, everyMs: DAY, words: 'bytes of users a day' },
} as const;
export type BoundName = keyof typeof CUSTOMER_BOUNDS;

/** More agents of one customer than this share what so many may tell. */
export const AGENTS_COUNTED = 10;
/** Users of one customer's Active Directory that are kept. */
export const MOST_ACCOUNTS = 100_000;
/** Inventories on their way at one customer; of each agent it is one. */
export const MOST_UPLOADS = 10;
/** What an agent says of itself in an hour; after that its card alone shows it. */
export const MOST_TELLINGS = 30;
/** Requests that wait for their turn, of one customer and of all: an agent sends two at once at the most. */
export const MOST_WAITING = { ofOne: 16, ofAll: 100 };

/**
 * What a customer's agents told: of each bound the moment at which all of it is free again. The document id
 * is the customer's.
 */
export interface CustomerBudget {
  freeAt: Partial<Record<BoundName, number>>;
  expiresAt: number;
}
