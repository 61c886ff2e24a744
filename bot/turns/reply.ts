import type { Activity, TurnContext } from 'botbuilder';
import { CardFactory } from 'botbuilder';
import type { Card } from '../../cards/card';
import type { Say } from '../../dialogs/dialog';

/** Something to be put into the conversation: a new message, a new face of an earlier one (`activity.id`), a sign-in button. */
export type Reply =
  | { how: 'send' | 'update'; activity: Partial<Activity> }
  | { how: 'signIn'; ask: SignInAsk }
  | { how: 'keyEntry'; ask: KeyEntryAsk };

interface Asker {
  personId: string;
  personName: string;
  conversationKey: string;
}

/** Whose sign-in button it is. The link is not part of it: it is made, and its handle known, only when it is sent. */
export type SignInAsk = NonNullable<Say['signIn']> & Asker;

/** Whose button to the page for an API key it is; its link is made in the same way. */
export type KeyEntryAsk = NonNullable<Say['keyEntry']> & Asker;

/** Makes the one-time links of buttons at the moment they are sent. */
export interface Links {
  signIn(ask: SignInAsk): Promise<string>;
  keyEntry(ask: KeyEntryAsk): Promise<string>;
}

/** The connection name is required by the card's schema; the button's link is ours, so no token service is asked. */
const CONNECTION = 'office365';

export function repliesOf(say: Say, who: { id: string; name: string }, conversationKey: string): Reply[] {
  const replies: Reply[] = [];
  if (say.text)
    replies.push({ how: 'send', activity: { type: 'message', text: say.text, textFormat: 'plain' } });
  const asker = { personId: who.id, personName: who.name, conversationKey };
  if (say.signIn) replies.push({ how: 'signIn', ask: { ...say.signIn, ...asker } });
  if (say.keyEntry) replies.push({ how: 'keyEntry', ask: { ...say.keyEntry, ...asker } });
  if (say.card) replies.push({ how: 'send', activity: cardMessage(say.card) });
  return replies;
}

/** A button that opens `link` in a pop-up, which can hand a code back to the chat. */
const linkMessage = ({ title, text }: { title: string; text: string }, link: string): Partial<Activity> => ({
  type: 'message',
  attachments: [CardFactory.oauthCard(CONNECTION, title, text, link)],
});

/** `card` in the place of the message `id`, for everybody in the conversation and for good. */
export const updateOf = (id: string, card: Card): Reply => ({
  how: 'update',
  activity: { ...cardMessage(card), id },
});

export const cardMessage = (card: Card): Partial<Activity> => ({
  type: 'message',
  attachments: [CardFactory.adaptiveCard(card)],
});

/** Puts one reply into the conversation of `context`; resolves to the message's id. */
export async function put(context: TurnContext, reply: Reply, links: Links): Promise<string | undefined> {
  if (reply.how === 'signIn')
    return (await context.sendActivity(linkMessage(reply.ask, await links.signIn(reply.ask))))?.id;
  if (reply.how === 'keyEntry')
    return (await context.sendActivity(linkMessage(reply.ask, await links.keyEntry(reply.ask))))?.id;
  const activity = structuredClone(reply.activity);
  if (reply.how === 'send') return (await context.sendActivity(activity))?.id;
  await context.updateActivity(activity);
  return activity.id;
}
