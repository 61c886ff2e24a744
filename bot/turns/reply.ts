import type { Activity, TurnContext } from 'botbuilder';
import { CardFactory } from 'botbuilder';
import type { Card } from '../../cards/card';
import type { Say } from '../../dialogs/dialog';
import { KeyturnError } from '../../domain/errors';

/** Something to be put into the conversation: a new message, a new face of an earlier one (`activity.id`), a sign-in button. */
export type Reply =
  | { how: 'send' | 'update'; activity: Partial<Activity> }
  | { how: 'signIn'; ask: SignInAsk };

/** Whose sign-in button it is. The link is not part of it: it is made, and its handle known, only when it is sent. */
export type SignInAsk = NonNullable<Say['signIn']> & {
  personId: string;
  personName: string;
  conversationKey: string;
};

/** The connection name is required by the card's schema; the button's link is ours, so no token service is asked. */
const CONNECTION = 'office365';

export function repliesOf(say: Say, who: { id: string; name: string }, conversationKey: string): Reply[] {
  const replies: Reply[] = [];
  if (say.text) replies.push({ how: 'send', activity: textMessage(say.text) });
  if (say.signIn)
    replies.push({
      how: 'signIn',
      ask: { ...say.signIn, personId: who.id, personName: who.name, conversationKey },
    });
  if (say.card) replies.push({ how: 'send', activity: cardMessage(say.card) });
  return replies;
}

/** The sign-in button: opens `link` in a pop-up that can hand a code back to the chat. */
const signInMessage = ({ title, text }: SignInAsk, link: string): Partial<Activity> => ({
  type: 'message',
  attachments: [CardFactory.oauthCard(CONNECTION, title, text, link)],
});

/** The button; or why there is none, such as a customer that was removed since it was asked for. */
async function signInOf(
  ask: SignInAsk,
  linkFor: (ask: SignInAsk) => Promise<string>,
): Promise<Partial<Activity>> {
  try {
    return signInMessage(ask, await linkFor(ask));
  } catch (error) {
    if (error instanceof KeyturnError) return textMessage(error.sentence);
    throw error;
  }
}

const textMessage = (text: string): Partial<Activity> => ({ type: 'message', text, textFormat: 'plain' });

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
export async function put(
  context: TurnContext,
  reply: Reply,
  linkFor: (ask: SignInAsk) => Promise<string>,
): Promise<string | undefined> {
  if (reply.how === 'signIn') return (await context.sendActivity(await signInOf(reply.ask, linkFor)))?.id;
  const activity = { ...reply.activity };
  if (reply.how === 'send') return (await context.sendActivity(activity))?.id;
  await context.updateActivity(activity);
  return activity.id;
}
