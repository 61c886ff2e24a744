import { z } from 'zod';
import { directoryUser, fileTime } from './directoryUser';
import { moment } from './moment';
import { wholeText, words } from './text';

const at = moment;
const sentence = words(500);

const common = {
  /** Counts up by one within a stream; the order in which things were seen. */
  seq: z.number().int().positive().max(Number.MAX_SAFE_INTEGER),
  id: z.string().uuid(),
  /** When the agent saw it, by the bot's time as far as the agent knows it. */
  seenAt: at,
};

/**
 * A password that was set. The same reset has the same `password` on every domain controller and for every agent:
 * `version` and `changedAt` come from the replication metadata of unicodePwd where that can be read; `pwdLastSet` is replicated too,
 * but is 0 for every reset that must be changed at next logon.
 */
const passwordReset = z.object({
  ...common,
  type: z.literal('reset'),
  user: directoryUser,
  /** `reset`: by somebody else; `change`: by the user; told by events 4724 and 4723, see whoSet. */
  how: z.enum(['reset', 'change', 'unknown']).catch('unknown'),
  /** Who did it, from the security log of that domain controller; absent: not known. */
  by: z
    .object({ name: words(256), domain: words(255), sid: words(200) })
    .optional()
    .catch(undefined),
  mustChange: z.boolean(),
  password: z.object({
    pwdLastSet: fileTime,
    /** The one before, as far as the agent knows. */
    before: fileTime.optional().catch(undefined),
    version: z.number().int().positive().optional().catch(undefined),
  }),
  /** When it was set: from the metadata or pwdLastSet; else when it was seen. */
  changedAt: at,
  /** How many resets of this account lie between two looks; 1 unless the metadata says more. */
  times: z.number().int().positive(),
  /** It happened while the agent was not looking, or could not read the directory, and was found afterwards. */
  late: z.boolean(),
});

/** What became of the delta sync that followed resets, or was asked for. */
const DELTA_OUTCOMES = [
  'ran',
  'staging',
  'suspended',
  'disabled',
  'busy', // somebody else's cycle would not end
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
  /** How many resets asked for it. */
  resets: z.number().int().nonnegative(),
  /** The command that asked for it. */
  commandId: wholeText(100),
});

/** The directory is another one than before, so that resets between two looks may have been missed or are late. */
const directoryChanged = z.object({
  ...common,
  type: z.literal('directoryChanged'),
  change: z.enum(['otherDomainController', 'restored']),
  finding: sentence,
});

/** Events that could not be kept because too many waited: never silently. */
const dropped = z.object({ ...common, type: z.literal('dropped'), count: z.number().int().positive() });

export const agentEvent = z.discriminatedUnion('type', [passwordReset, deltaSync, directoryChanged, dropped]);

const numbered = z.object({ seq: common.seq });
/** Where an event stood that the bot cannot read; `where`: names of this schema. */
export interface NotRead {
  type: 'notRead';
  seq: number;
  where: string;
}
/**
 * An event, or that there is one which the bot cannot read, of a newer agent or a broken one. That is counted
 * and told: refused, it would come again for ever, and nothing behind it would be heard.
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
/** An event before it has its place in the queue. One that may be made a second time brings its own `id`; the bot knows it again by that. */
export type NewAgentEvent = AgentEvent extends infer Event
  ? Event extends AgentEvent
    ? Omit<Event, 'seq' | 'id'> & { id?: string }
    : never
  : never;
