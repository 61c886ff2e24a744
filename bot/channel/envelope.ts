import { z } from 'zod';
import { type ConversationKind, conversationKindOf } from '../../domain/conversations/conversationKind';
import { visibleName } from '../../domain/names/visibleText';
import { UNNAMED } from '../../domain/people/person';
import { spokenText } from './spokenText';

/** An optional value: left out when it does not have its type. */
const odd = <T extends z.ZodTypeAny>(schema: T) => schema.optional().catch(undefined);
const id = z.string().min(1).max(1024);
const text = odd(z.string().max(1024));

/**
 * An activity as the channel posts it. The sender, the conversation and the way to answer must be valid;
 * every other field is accepted or left out. The bot serves only Teams, since other channels let the client
 * choose its identity.
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

/** The sender of an activity and the conversation, as the channel vouches for them. */
export interface Sender {
  /** Entra object id, lower case; absent when no person sent the activity. */
  personId?: string;
  /** The channel's own id of the sender (`29:…` in Teams). */
  channelUserId: string;
  name: string;
  conversationId: string;
  kind: ConversationKind;
  tenantIds: string[];
}

/** An activity as the rest of the bot uses it: read once, plain data. */
export interface Envelope {
  type: string;
  /** The name of an invoke. */
  name?: string;
  /** The channel's id of this activity. */
  id?: string;
  /** The message whose card was clicked. */
  replyToId?: string;
  value?: unknown;
  sender: Sender;
  /** Whether the bot itself was added to this conversation or removed. */
  bot?: 'installed' | 'removed';
  /** Other people joined this conversation. */
  joined: boolean;
  /** The text of a message, without the mention of the bot that Teams requires in a group. */
  said: string;
  /** The channel's ids of the people whom the message mentions, without the bot. */
  mentioned: string[];
  /** IANA, as the client sends it; look it up before use. */
  timeZone?: string;
}

/** Undefined for an activity without the fields that identify the sender. */
export function envelopeOf(activity: unknown): Envelope | undefined {
  const read = activitySchema.safeParse(activity).data;
  return read && envelopeOfRead(read);
}

/** For an activity that `activitySchema` has just read: does not check it again. */
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

/** A tenant id that is present and unreadable belongs to nobody: the turn is refused as another tenant's. */
function tenantIdsOf(tenantId: unknown): string[] {
  if (tenantId === undefined || tenantId === null) return [];
  return [typeof tenantId === 'string' ? tenantId.toLowerCase().slice(0, 100) : 'unreadable'];
}

/**
 * Only an action that is named a removal counts as one: an upgrade, or a future word of Teams, leaves the
 * bot where it is.
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

/** `own`: the forms in which the text mentions the bot, each once; ignores more forms than anybody writes. */
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

/** Teams reports it in two fields; one is enough. */
function timeZoneIn(localTimezone: string | undefined, entities: readonly unknown[]): string | undefined {
  if (localTimezone) return localTimezone;
  const client = entities.find((entity) => ofType(entity, 'clientInfo')) as
    | { timezone?: unknown }
    | undefined;
  return typeof client?.timezone === 'string' ? client.timezone.slice(0, 100) : undefined;
}
