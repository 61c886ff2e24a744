/**
 * What the agent at the customer and the bot say to each other, by HTTPS; the agent always asks. The two
 * programs share this folder and nothing else. Every path carries the version, and every body repeats it.
 */
export const PROTOCOL = 1;

export const AGENT_PATHS = {
  enrol: '/agents/v1/enrol',
  beat: '/agents/v1/beat',
  events: '/agents/v1/events',
  commands: '/agents/v1/commands',
  inventory: '/agents/v1/inventory',
} as const;
export type AgentPath = (typeof AGENT_PATHS)[keyof typeof AGENT_PATHS];

/** All values are milliseconds, bytes or counts. */
export const LIMITS = {
  /** The bot refuses an agent whose clock is wrong by more, and tells it the time. */
  skewMs: 5 * 60_000,
  /** How long one signature stays valid. */
  signatureMs: 60_000,
  beatMs: 30_000,
  /** The longest time from the issue of an order to its start. */
  orderMs: 30 * 60_000,
  /** How long the bot may hold a request for orders open. */
  pollMs: 25_000,
  eventsInBatch: 200,
  eventsBytes: 512 * 1024,
  usersInPage: 500,
  /** As sent (compressed), and unpacked. */
  inventoryBytes: 512 * 1024,
  inventoryUnpackedBytes: 4 * 1024 * 1024,
  smallBytes: 16 * 1024,
} as const;

/** Why the bot refused a request of an agent. The body of every refusal is `Refusal`. */
export const REFUSALS = [
  'invalid', // 400, 415: it does not fit the schema
  'unsupportedProtocol', // 400: the agent is too old or too new for this bot
  'unauthorized', // 401: unknown agent, bad signature, wrong audience, method, path or body
  'clock', // 401: the agent's time is too far from ours; `now` is ours
  'replayed', // 401: the bot has already had this very request
  'revoked', // 403: the agent was revoked, or its customer removed
  'token', // 403: the install token is unknown, used or too old
  'order', // 409: the batch does not follow the acknowledged events; `expected` is the next `seq`
  'tooLarge', // 413
  'tooMany', // 429, with Retry-After
  'tryLater', // 503, with Retry-After
] as const;
export type RefusalCode = (typeof REFUSALS)[number];
