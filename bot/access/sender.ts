import type { Activity } from 'botbuilder';
import { z } from 'zod';
import { type ConversationKind, conversationKindOf } from '../../domain/conversations/conversationKind';
import { UNNAMED } from '../../domain/people/person';

const guid = z.string().regex(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i);

const senderSchema = z.object({
  from: z.object({
    id: z.string().min(1).max(400),
    name: z.string().optional(),
    aadObjectId: guid.optional(),
  }),
  conversation: z.object({
    id: z.string().min(1).max(1000),
    conversationType: z.unknown(),
    tenantId: guid.optional(),
  }),
  channelData: z.object({ tenant: z.object({ id: guid }).optional() }).nullish(),
});

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

/** Undefined for an activity without the fields that say who is speaking. */
export function senderOf(activity: Activity): Sender | undefined {
  const parsed = senderSchema.safeParse(activity);
  if (!parsed.success) return undefined;
  const { from, conversation, channelData } = parsed.data;
  const tenantIds = [channelData?.tenant?.id, conversation.tenantId].flatMap((id) => id?.toLowerCase() ?? []);
  return {
    ...(from.aadObjectId && { personId: from.aadObjectId.toLowerCase() }),
    channelUserId: from.id,
    name: (from.name ?? '').slice(0, 120) || UNNAMED,
    conversationId: conversation.id,
    kind: conversationKindOf(conversation.conversationType),
    tenantIds,
  };
}
