const HOUR = 60 * 60_000;
const DAY = 24 * HOUR;
const MIB = 1024 * 1024;

/**
 * What the agents of one customer may tell together, for each online agent: this much at once, and the same
 * again in each period, spread over it. A directory of 50,000 users stays below it, even when all passwords
 * are reset in one day and its inventory is taken once. Beyond the bound the agents keep what they have.
 */
export const CUSTOMER_BOUNDS = {
  events: { most: 20_000, everyMs: HOUR, words: 'events an hour' },
  eventsInDay: { most: 60_000, everyMs: DAY, words: 'events a day' },
  eventBytes: { most: 128 * MIB, everyMs: DAY, words: 'bytes of events a day' },
  users: { most: 500_000, everyMs: DAY, words: 'users of inventories a day' },
  /** In the size that Keyturn keeps. */
  userBytes: { most: 128 * MIB, everyMs: DAY, words: 'bytes of users a day' },
} as const;
export type BoundName = keyof typeof CUSTOMER_BOUNDS;

/** Further agents of one customer do not raise what the customer's agents may tell. */
export const AGENTS_COUNTED = 10;
/** The most users of one customer's Active Directory that Keyturn keeps. */
export const MOST_ACCOUNTS = 100_000;
/** The most inventories under way at one customer; each agent has one. */
export const MOST_UPLOADS = 10;
/** The most that an agent says about itself in an hour; after that only its card shows changes. */
export const MOST_TELLINGS = 30;
/**
 * The most requests that wait for their turn, of one customer and of all. An agent sends at most two at once.
 */
export const MOST_WAITING = { ofOne: 16, ofAll: 100 };

/** For each bound the moment at which all of it is free again. */
export type FreeAt = Partial<Record<BoundName, number>>;

/** What a customer's agents told. The document id is the customer's. */
export interface CustomerBudget {
  freeAt: FreeAt;
  /** The same for each agent, by its id; absent in documents of earlier versions. */
  ofAgents?: Record<string, FreeAt>;
  expiresAt: number;
}
