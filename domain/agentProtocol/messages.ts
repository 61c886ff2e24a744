import { z } from 'zod';
import { anyEvent } from './agentEvent';
import { type DirectoryUser, directoryUser, guid } from './directoryUser';
import { agentHealth } from './health';
import { moment } from './moment';
import { LIMITS, PROTOCOL, REFUSALS } from './protocol';
import { soundText, words } from './text';
import { VERB_NAMES } from './verbs';

const protocol = z.literal(PROTOCOL);
const at = moment;
const short = z.string().min(1).max(255).transform(soundText);
const uuid = z.string().uuid();

/** An Ed25519 public key (RFC 8037). */
export const publicKey = z.object({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string().regex(/^[\w-]{43}$/),
});
export type PublicKey = z.output<typeof publicKey>;

/** The machine an agent runs on. `id` stays the same when it is installed again (MachineGuid, /etc/machine-id). */
export const machine = z.object({
  id: short,
  name: short,
  os: short,
  domain: z.string().max(255).transform(soundText).optional(),
});
export type Machine = z.output<typeof machine>;

/**
 * Signed with the key it brings (`kid`: 'enrol'); the token is good for one enrolment. The same token with the same key again
 * gets the same answer, so that a lost answer loses nothing.
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
  /** Bot's clock less the agent's, in milliseconds, as the agent reckons it. */
  skewMs: z.number().int(),
  /** What waits to be acknowledged; `oldestAt` by the bot's time. */
  waiting: z.object({ events: z.number().int().nonnegative(), oldestAt: at.optional() }),
  health: agentHealth,
});
export type Beat = z.output<typeof beat>;
/** Without `waiting` and `health` it asks alone whether the bot knows this agent: no sign that the agent runs, and nothing is kept of it. */
export const beatRequest = beat.partial({ waiting: true, health: true }).extend({ protocol });
export const beatAnswer = z.object({ protocol, now: at, customer: z.string() });

/** `stream` names the queue that counts `seq`: a queue that was lost begins a new one at 1. In order, without gaps. */
export const eventsRequest = z.object({
  protocol,
  stream: uuid,
  events: z.array(anyEvent).min(1).max(LIMITS.eventsInBatch),
});
/** Everything up to and with `acknowledged` is written down; it may be forgotten by the agent. */
export const eventsAnswer = z.object({ protocol, now: at, acknowledged: z.number().int().nonnegative() });

export const agentCommand = z.object({
  id: short,
  verb: z.enum(VERB_NAMES),
  /** As the verb's own schema says. */
  input: z.unknown().optional(),
  /** What it is about, such as an event; nothing secret. */
  recordId: z.string().max(200).optional(),
  /** Not to be carried out after that, by the bot's time. */
  expiresAt: at,
});
export type AgentCommand = z.output<typeof agentCommand>;

export const commandReport = z.object({
  id: short,
  outcome: z.enum(['done', 'failed', 'expired', 'unknownVerb']),
  finding: words(500),
  /** As the verb's own schema says. */
  result: z.unknown().optional(),
  /** With 'failed': the agent ended in the middle, and nobody knows whether it was done. */
  mayBeDone: z.literal(true).optional().catch(undefined),
});

/** Reports what was done and asks for what is to be done; held open up to `waitMs` while there is nothing. */
export const commandsRequest = z.object({
  protocol,
  waitMs: z.number().int().min(0).max(LIMITS.pollMs),
  done: z.array(commandReport).max(50),
  /** What this agent can do; absent on those of earlier versions. */
  verbs: z.array(short).max(100).optional().catch(undefined),
});
export const commandsAnswer = z.object({ protocol, now: at, commands: z.array(agentCommand).max(50) });

/** `notRead`: how many rows are no user. */
function readUsers(rows: unknown[]): { read: DirectoryUser[]; notRead: number } {
  const read = rows.flatMap((row) => directoryUser.safeParse(row).data ?? []);
  return { read, notRead: rows.length - read.length };
}

/** gzip'd JSON. Pages of one snapshot may come again and in any order; `last` says how many there are. */
export const inventoryRequest = z.object({
  protocol,
  snapshot: uuid,
  page: z.number().int().min(1).max(2000),
  last: z.boolean(),
  users: z.array(z.unknown()).max(LIMITS.usersInPage).transform(readUsers),
  /**
   * Whom the agent could not read: they stay known as they were. While there are `others`, nobody is
   * forgotten.
   */
  unread: z
    .object({
      objectGuids: z.array(guid).max(LIMITS.usersInPage),
      others: z.number().int().nonnegative(),
    })
    .optional()
    .catch({ objectGuids: [], others: 1 }),
});
/** `missing`: pages that are still wanted, after the last one came. */
export const inventoryAnswer = z.object({ protocol, now: at, missing: z.array(z.number().int()).max(2000) });

export const refusal = z.object({
  error: z.enum(REFUSALS),
  /** What to do, in words. */
  sentence: z.string().max(500),
  now: at,
  /** With 'order'. */
  expected: z.number().int().positive().optional(),
  /**
   * With 'tryLater': it waits for a person's word, for half an hour at most. An older agent tries a few times
   * and gives up.
   */
  waitsFor: z.enum(['person']).optional().catch(undefined),
});
export type Refusal = z.output<typeof refusal>;
