import type { Activity } from 'botbuilder';
import { CardFactory, TurnContext } from 'botbuilder';
import type { Card } from '../../cards/shared/card';
import type { Say } from '../../dialogs/dialog';
import { conversationKindOf, isPersonal } from '../../domain/conversations/conversationKind';
import { KeyturnError } from '../../domain/errors';
import type { LinkAsk, LinkKindName } from '../../domain/links/linkKinds';
import type { LinkButton } from '../../domain/links/oneTimeLink';
import { classified } from '../sending/sendResult';
import { referenceOf } from './reference';

/**
 * One thing to send into the conversation: a new message, a new face of an earlier one (`activity.id`), or a
 * button to one of our pages. `step`: it is the card of the open step of a dialog.
 */
export type Reply = { how: 'send' | 'update'; activity: Partial<Activity>; step?: true } | LinkReply;

/** The person who asked for a link, and the conversation. */
export interface Asker {
  personId: string;
  personName: string;
  conversationKey: string;
}

/**
 * A button to one of our pages, and its owner. It does not contain the link: the link and its handle are
 * made when the button is sent.
 */
interface LinkReply {
  how: LinkKindName;
  ask: Omit<NonNullable<Say['link']>, 'kind'> & Asker;
}

/** A one-time link; `sent` notes the message that has its button. */
interface MadeLink {
  url: string;
  /** The message that its button takes over. */
  before?: string;
  sent(button: LinkButton): Promise<void>;
}

/** Makes the one-time link of a button at the moment the bot sends it. */
export type ButtonLink = (ask: LinkAsk & Asker & { again?: true }) => Promise<MadeLink>;

/**
 * The card's schema requires the connection name; the button's link is ours, so no token service is asked.
 */
const CONNECTION = 'office365';

export function repliesOf(say: Say, who: { id: string; name: string }, conversationKey: string): Reply[] {
  const replies: Reply[] = [];
  if (say.text) replies.push({ how: 'send', activity: textMessage(say.text) });
  const asker = { personId: who.id, personName: who.name, conversationKey };
  if (say.link) {
    const { kind, ...ask } = say.link;
    replies.push({ how: kind, ask: { ...ask, ...asker } });
  }
  if (say.card)
    replies.push({ how: 'send', activity: cardMessage(say.card), ...(say.step && { step: true }) });
  return replies;
}

export const textMessage = (text: string): Partial<Activity> => ({
  type: 'message',
  text,
  textFormat: 'plain',
});

/** Replaces the message `id` with `card`, for everybody in the conversation and for good. */
export const updateOf = (id: string, card: Card, step?: true): Reply => ({
  how: 'update',
  activity: { ...cardMessage(card), id },
  ...(step && { step }),
});

/** `summary` is what alerts and the list of chats show; without it they say that a card was sent. */
export const cardMessage = (card: Card): Partial<Activity> => ({
  type: 'message',
  summary: card.speak,
  attachments: [CardFactory.adaptiveCard(card)],
});

/** Sends a new message, or replaces the one with this id; resolves to the message's id. */
export async function putMessage(
  context: TurnContext,
  message: Partial<Activity>,
  id?: string,
): Promise<string | undefined> {
  if (id === undefined) return (await context.sendActivity(message))?.id;
  await context.updateActivity({ ...message, id });
  return id;
}

/** Sends one reply into the conversation of `context`; resolves to the message's id. */
export async function put(
  context: TurnContext,
  reply: Reply,
  buttonLink: ButtonLink,
): Promise<string | undefined> {
  if (!('activity' in reply)) return putButton(context, reply, buttonLink);
  const activity = { ...reply.activity };
  if (reply.how === 'send') return sent(context, activity);
  await context.updateActivity(activity);
  return activity.id;
}

const ALONE =
  'That link is for you alone, and others can read this conversation. Open our personal chat and ask for it there.';

/**
 * Sends a button that opens a page of ours in a pop-up, or the reason for none, for example a customer
 * removed since then. Makes every link of a turn: in a personal chat, or not at all.
 */
async function putButton(
  context: TurnContext,
  { how: kind, ask }: LinkReply,
  buttonLink: ButtonLink,
): Promise<string | undefined> {
  const { conversation } = context.activity;
  const personal = isPersonal({ kind: conversationKindOf(conversation?.conversationType) });
  if (!personal) return sent(context, textMessage(ALONE));
  const link = await madeOr(buttonLink({ kind, ...ask } as unknown as LinkAsk & Asker));
  if ('sentence' in link) return sent(context, textMessage(link.sentence));
  const { title, text } = ask;
  const messageId = await overOrSent(context, buttonMessage(title, text, link.url), link.before);
  if (messageId) await link.sent({ messageId, reference: referenceOf(context), title });
  return messageId;
}

async function madeOr(link: Promise<MadeLink>): Promise<MadeLink | { sentence: string }> {
  try {
    return await link;
  } catch (error) {
    if (error instanceof KeyturnError) return { sentence: error.sentence };
    throw error;
  }
}

/** In the place of the message `id`, or anew where there is no such message. */
async function overOrSent(
  context: TurnContext,
  message: Partial<Activity>,
  id: string | undefined,
): Promise<string | undefined> {
  if (id === undefined) return sent(context, message);
  const result = await classified(() => putMessage(context, message, id));
  return result.kind === 'sent' ? id : sent(context, message);
}

const buttonMessage = (title: string, text: string, url: string): Partial<Activity> => ({
  type: 'message',
  summary: text,
  attachments: [CardFactory.oauthCard(CONNECTION, title, text, url)],
});

/**
 * What `context.sendActivity` does for a context without listeners, with one promise instead of many nested
 * ones.
 */
async function sent(context: TurnContext, activity: Partial<Activity>): Promise<string | undefined> {
  const reference = TurnContext.getConversationReference(context.activity);
  const outgoing = TurnContext.applyConversationReference(activity, reference);
  const [response] = await context.adapter.sendActivities(context, [outgoing]);
  return response?.id;
}
