import { z } from 'zod';
import { anyEvent } from './agentEvent';
import { type DirectoryUser, directoryUser, guid } from './directoryUser';
import { agentHealth } from './health';
import { moment as at } from './moment';
import { LIMITS, PROTOCOL, REFUSALS } from './protocol';
import { soundText, words } from './text';
import { VERB_NAMES } from './verbs';

const protocol = z.literal(PROTOCOL);
const short = z.string().min(1).max(255).transform(soundText);
const uuid = z.string().uuid();

/** An Ed25519 public key (RFC 8037). */
export const publicKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[\w-]{43}$/),
});
export type PublicKey = z.output<typeof publicKey>;

/** The machine of an agent. A new installation keeps its `id` (MachineGuid, /etc/machine-id). */
export const machine = z.object({
  id: short,
  name: short,
  os: short,
  domain: z.string().max(255).transform(soundText).optional(),
});
export type Machine = z.output<typeof machine>;

/**
 * Signed with the key that it brings (`kid`: 'enrol'). A token is valid for one enrolment. The same token
 * with the same key gets the same answer again, so a lost answer does no harm.
 */
export const enrolRequest = z.object({
  protocol,
  token: z.string().min(20).max(100),
  publicKey,
  machine,
  version: short,
});
export const enrolAnswer = z.object({ protocol, agentId: uuid, customer: z.string(), now: at });

const beat = z.object({
  version: short,
  /** The bot's clock minus the agent's, in milliseconds, as the agent calculates it. */
  skewMs: z.number().int(),
  /** The events that wait for an acknowledgement; `oldestAt` is in the bot's time. */
  waiting: z.object({ events: z.number().int().nonnegative(), oldestAt: at.optional() }),
  health: agentHealth,
});
export type Beat = z.output<typeof beat>;
/**
 * Without `waiting` and `health` the request only asks whether the bot knows this agent. It is no sign that
 * the agent runs, and the bot stores nothing.
 */
export const beatRequest = beat.partial({ waiting: true, health: true }).extend({ protocol });
export const beatAnswer = z.object({ protocol, now: at, customer: z.string() });

/**
 * `stream` names the queue that counts `seq`. After a loss the queue begins a new stream at 1. Events come
 * in order, without gaps.
 */
export const eventsRequest = z.object({
  protocol,
  stream: uuid,
  events: z.array(anyEvent).min(1).max(LIMITS.eventsInBatch),
});
/** The bot has written down everything up to and including `acknowledged`, so the agent may forget it. */
export const eventsAnswer = z.object({ protocol, now: at, acknowledged: z.number().int().nonnegative() });

export const agentCommand = z.object({
  id: short,
  verb: z.enum(VERB_NAMES),
  /** As the verb's own schema says. */
  input: z.unknown().optional(),
  /** What it is about, such as an event. It holds no secret. */
  recordId: z.string().max(200).optional(),
  /** The agent must not start it after this, by the bot's time. */
  expiresAt: at,
});
export type AgentCommand = z.output<typeof agentCommand>;

export const commandReport = z.object({
  id: short,
  outcome: z.enum(['done', 'failed', 'expired', 'unknownVerb']),
  finding: words(500),
  /** As the verb's own schema says. */
  result: z.unknown().optional(),
  /** With 'failed': the agent ended in the middle, so nobody knows whether it was done. */
  mayBeDone: z.literal(true).optional().catch(undefined),
});

/**
 * Reports what was done and asks for new work. The bot holds the request open for up to `waitMs` while
 * there is none.
 */
export const commandsRequest = z.object({
  protocol,
  waitMs: z.number().int().min(0).max(LIMITS.pollMs),
  done: z.array(commandReport).max(50),
  /** The verbs that this agent can do; earlier versions do not send it. */
  verbs: z.array(short).max(100).optional().catch(undefined),
});
export const commandsAnswer = z.object({ protocol, now: at, commands: z.array(agentCommand).max(50) });

/** `notRead`: how many rows are not a user. */
function readUsers(rows: unknown[]): { read: DirectoryUser[]; notRead: number } {
  const read = rows.flatMap((row) => directoryUser.safeParse(row).data ?? []);
  return { read, notRead: rows.length - read.length };
}

/**
 * JSON, compressed with gzip. Pages of one snapshot may come again and in any order; `last` tells how many
 * there are.
 */
export const inventoryRequest = z.object({
  protocol,
  snapshot: uuid,
  page: z.number().int().min(1).max(2000),
  last: z.boolean(),
  users: z.array(z.unknown()).max(LIMITS.usersInPage).transform(readUsers),
  /**
   * The users whom the agent could not read: the bot keeps what it knew about them. While there are
   * `others`, it forgets nobody.
   */
  unread: z
    .object({
      objectGuids: z.array(guid).max(LIMITS.usersInPage),
      others: z.number().int().nonnegative(),
    })
    .optional()
    .catch({ objectGuids: [], others: 1 }),
});
/** `missing`: the pages that the bot still needs after the last one came. */
export const inventoryAnswer = z.object({ protocol, now: at, missing: z.array(z.number().int()).max(2000) });

export const refusal = z.object({
  error: z.enum(REFUSALS),
  /** What to do, in words. */
  sentence: z.string().max(500),
  now: at,
  /** With 'order'. */
  expected: z.number().int().positive().optional(),
  /**
   * With 'tryLater': the bot waits for a person's word, for half an hour at most. An older agent tries a
   * few times and gives up.
   */
  waitsFor: z.enum(['person']).optional().catch(undefined),
});
export type Refusal = z.output<typeof refusal>;
