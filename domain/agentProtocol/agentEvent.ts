import { z } from 'zod';
import { directoryUser, fileTime } from './directoryUser';
import { moment as at } from './moment';
import { wholeText, words } from './text';

const sentence = words(500);

const common = {
  /** Counts up by one within a stream, in the order in which the agent saw things. */
  seq: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  id: z.string().uuid(),
  /** When the agent saw it, by the bot's time as far as the agent knows it. */
  seenAt: at,
};

/**
 * A password that was set. The same reset has the same `password` on every domain controller and for every
 * agent: `version` and `changedAt` come from the replication metadata of unicodePwd if the agent may read
 * it. `pwdLastSet` is replicated too, but is 0 for every reset that the user must change at next logon.
 */
const passwordReset = z.object({
  ...common,
  type: z.literal('reset'),
  user: directoryUser,
  /** `reset`: by another account; `change`: by the user. Events 4724 and 4723 tell it, see whoSet. */
  how: z.enum(['reset', 'change', 'unknown']).catch('unknown'),
  /** The account that did it, from the security log of that domain controller; absent: not known. */
  by: z
    .object({ name: words(256), domain: words(255), sid: words(200) })
    .optional()
    .catch(undefined),
  mustChange: z.boolean(),
  password: z.object({
    pwdLastSet: fileTime,
    /** The earlier value, if the agent knows it. */
    before: fileTime.optional().catch(undefined),
    version: z.number().int().positive().optional().catch(undefined),
  }),
  /** When it was set, from the metadata or pwdLastSet; otherwise when the agent saw it. */
  changedAt: at,
  /** How many resets of this account lie between two looks; 1 unless the metadata tells more. */
  times: z.number().int().positive(),
  /**
   * It happened while the agent was not looking or could not read the directory, and was found afterwards.
   */
  late: z.boolean(),
});

/** How a delta sync ended that resets or a request started. */
const DELTA_OUTCOMES = [
  'ran',
  'staging',
  'suspended',
  'disabled',
  'busy', // a cycle that somebody else started did not end
  'noModule',
  'cloudSync',
  'noRights',
  'failed',
] as const;
const deltaSync = z.object({
  ...common,
  type: z.literal('deltaSync'),
  outcome: z.enum(DELTA_OUTCOMES),
  /** What happened and what to do, in words. */
  finding: sentence,
  startedAt: at,
  endedAt: at,
  /** How many resets led to it. */
  resets: z.number().int().nonnegative(),
  /** The id of the order that requested it. */
  commandId: wholeText(100),
});

/**
 * The directory is not the one from before, so the agent may have missed resets between two looks or find
 * them late.
 */
const directoryChanged = z.object({
  ...common,
  type: z.literal('directoryChanged'),
  change: z.enum(['otherDomainController', 'restored']),
  finding: sentence,
});

/** Events that the agent could not keep because too many waited. It never drops events silently. */
const dropped = z.object({ ...common, type: z.literal('dropped'), count: z.number().int().positive() });

export const agentEvent = z.discriminatedUnion('type', [passwordReset, deltaSync, directoryChanged, dropped]);

const numbered = z.object({ seq: common.seq });
/** Stands for an event that the bot cannot read; `where`: field names of this schema. */
export interface NotRead {
  type: 'notRead';
  seq: number;
  where: string;
}
/**
 * Reads an event, or notes that the bot cannot read one, because its agent is newer or broken. The bot
 * counts it and tells people. If the bot refused it, the agent would send it again for ever, and no later
 * event would come through.
 */
export const anyEvent = z.unknown().transform((value, context): AgentEvent | NotRead => {
  const read = agentEvent.safeParse(value);
  if (read.success) return read.data;
  const where = read.error.issues.map(({ path }) => path.join('.')).slice(0, 3);
  const { data } = numbered.safeParse(value);
  if (data) return { type: 'notRead', seq: data.seq, where: where.join(', ') };
  for (const issue of read.error.issues.slice(0, 3)) context.addIssue(issue);
  return z.NEVER;
});

export type AgentEvent = z.output<typeof agentEvent>;
export type PasswordReset = z.output<typeof passwordReset>;
export type DeltaSync = z.output<typeof deltaSync>;
/**
 * An event before the queue numbers it. An event that may be made twice has its own `id`, by which the bot
 * recognizes it.
 */
export type NewAgentEvent = AgentEvent extends infer Event
  ? Event extends AgentEvent
    ? Omit<Event, 'seq' | 'id'> & { id?: string }
    : never
  : never;
