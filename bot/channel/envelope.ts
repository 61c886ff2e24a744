import { z } from 'zod';
import { type ConversationKind, conversationKindOf } from '../../domain/conversations/conversationKind';
import { visibleName } from '../../domain/names/visibleText';
import { UNNAMED } from '../../domain/people/person';
import { spokenText } from './spokenText';

/** What nobody has to know: left out when it is not what it should be. */
const odd = <T extends z.ZodTypeAny>(schema: T) => schema.optional().catch(undefined);
const id = z.string().min(1).max(1024);
const text = odd(z.string().max(1024));

/**
 * An activity as the channel posts it. Who speaks, where, and how it is answered must be sound; all else is
 * taken as it comes, or left out. Only Teams is let in, since other channels let the client choose who it is.
 */
export const activitySchema = z.object({
  type: id,
  channelId: z.literal('msteams'),
  serviceUrl: id,
  from: z.object({ id: z.string().min(1).max(400), name: text, aadObjectId: text }),
  conversation: z.object({
    id: z.string().min(1).max(1000),
    name: text,
    conversationType: z.unknown(),
    isGroup: z.unknown(),
    tenantId: z.unknown(),
  }),
  recipient: z.object({ id, name: text }),
  id: text,
  name: text,
  action: text,
  replyToId: text,
  locale: text,
  timestamp: text,
  localTimestamp: text,
  localTimezone: text,
  text: odd(z.string()),
  textFormat: text,
  value: z.unknown(),
  attachments: z.unknown(),
  entities: z.unknown(),
  membersAdded: z.unknown(),
  membersRemoved: z.unknown(),
  channelData: odd(
    z.object({ tenant: odd(z.object({ id: z.unknown() })), team: odd(z.object({ id: text, name: text })) }),
  ),
});
export type ReadActivity = z.output<typeof activitySchema>;

/** Who sent an activity, and from where, as the channel vouches for it. */
export interface Sender {
  /** Entra object id, lower case; absent for what no person sent. */
  personId?: string;
  /** The channel's own id of the sender (`29:…` in Teams). */
  channelUserId: string;
  name: string;
  conversationId: string;
  kind: ConversationKind;
  tenantIds: string[];
}

/** An activity as the rest works with it: read once, plain data. */
export interface Envelope {
  type: string;
  /** Of an invoke. */
  name?: string;
  /** The channel's id of this activity. */
  id?: string;
  /** The message whose card was clicked. */
  replyToId?: string;
  value?: unknown;
  sender: Sender;
  /** What became of the bot itself in this place. */
  bot?: 'installed' | 'removed';
  /** Others came into this place. */
  joined: boolean;
  /** What a message says, without the bot's own name that had to be mentioned to say it here. */
  said: string;
  /** The channel's ids of those who are mentioned, but for the bot. */
  mentioned: string[];
  /** IANA, as the client tells it; to be looked up before it is used. */
  timeZone?: string;
}

/** Undefined for an activity without the fields that say who is speaking. */
export function envelopeOf(activity: unknown): Envelope | undefined {
  const read = activitySchema.safeParse(activity).data;
  return read && envelopeOfRead(read);
}

/** Of an activity that came through `activitySchema` just now: looked at once, and not once more. */
export function envelopeOfRead(read: ReadActivity): Envelope {
  const { type, name, id: activityId, replyToId, value } = read;
  const entities = listOf(read.entities);
  const { own, others } = mentionsIn(entities, read.recipient.id);
  const bot = whatBecameOfBot(read);
  const timeZone = timeZoneIn(read.localTimezone, entities);
  return {
    type,
    ...(name && { name }),
    ...(activityId && { id: activityId }),
    ...(replyToId && { replyToId }),
    ...(value !== undefined && { value }),
    sender: senderOf(read),
    ...(bot && { bot }),
    joined: type === 'conversationUpdate' && listOf(read.membersAdded).length > 0,
    said: type === 'message' ? spokenText(read, own) : '',
    mentioned: others,
    ...(timeZone && { timeZone }),
  };
}

const GUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

function senderOf({ from, conversation, channelData }: ReadActivity): Sender {
  return {
    ...(GUID.test(from.aadObjectId ?? '') && { personId: from.aadObjectId?.toLowerCase() }),
    channelUserId: from.id,
    name: visibleName(from.name ?? '', 120) || UNNAMED,
    conversationId: conversation.id,
    kind: conversationKindOf(conversation.conversationType),
    tenantIds: [channelData?.tenant?.id, conversation.tenantId].flatMap(tenantIdsOf),
  };
}

/** One that is there and cannot be read is nobody's: it is refused as another tenant. */
function tenantIdsOf(tenantId: unknown): string[] {
  if (tenantId === undefined || tenantId === null) return [];
  return [typeof tenantId === 'string' ? tenantId.toLowerCase().slice(0, 100) : 'unreadable'];
}

/**
 * Only what is called a removal is one: an upgrade, or a word that Teams comes to use, leaves the bot where
 * it is.
 */
function whatBecameOfBot({ type, action, recipient, ...more }: ReadActivity): Envelope['bot'] {
  if (type === 'installationUpdate') return /^remove/i.test(action ?? '') ? 'removed' : 'installed';
  if (type !== 'conversationUpdate') return undefined;
  if (has(more.membersAdded, recipient.id)) return 'installed';
  return has(more.membersRemoved, recipient.id) ? 'removed' : undefined;
}

const has = (members: unknown, memberId: string): boolean =>
  listOf(members).some((member) => (member as { id?: unknown } | null)?.id === memberId);

const MOST_MENTIONS = 50;
const mentionSchema = z.object({ mentioned: z.object({ id, name: text }), text });
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : []);
const ofType = (entity: unknown, type: string): boolean =>
  (entity as { type?: unknown } | null)?.type === type;

/**
 * `own`: how the bot is mentioned in the text, each way once; further ones than anybody writes are not looked
 * at.
 */
function mentionsIn(entities: readonly unknown[], botId: string) {
  const own = new Set<string>();
  const others = new Set<string>();
  const mentions = entities.filter((entity) => ofType(entity, 'mention')).slice(0, MOST_MENTIONS);
  for (const mention of mentions) {
    const { mentioned, text: written } = mentionSchema.safeParse(mention).data ?? {};
    if (!mentioned) continue;
    if (mentioned.id !== botId) others.add(mentioned.id);
    else if (written ?? mentioned.name) own.add(written || `<at>${mentioned.name}</at>`);
  }
  return { own: [...own], others: [...others] };
}

/** Teams tells it in two places, of which one is enough. */
function timeZoneIn(localTimezone: string | undefined, entities: readonly unknown[]): string | undefined {
  if (localTimezone) return localTimezone;
  const client = entities.find((entity) => ofType(entity, 'clientInfo')) as
    | { timezone?: unknown }
    | undefined;
  return typeof client?.timezone === 'string' ? client.timezone.slice(0, 100) : undefined;
}
