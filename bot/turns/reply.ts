import type { Activity, TurnContext } from 'botbuilder';
import { CardFactory } from 'botbuilder';
import type { Card } from '../../cards/card';
import type { Say } from '../../dialogs/dialog';

/** Something to be put into the conversation: a new message, or a new face of an earlier one (`activity.id`). */
export interface Reply {
  how: 'send' | 'update';
  activity: Partial<Activity>;
}

/** The connection name is required by the card's schema; the button's link is ours, so no token service is asked. */
const CONNECTION = 'office365';

export function repliesOf(say: Say): Reply[] {
  const replies: Partial<Activity>[] = [];
  if (say.text) replies.push({ type: 'message', text: say.text, textFormat: 'markdown' });
  if (say.signIn) {
    const { text, title, link } = say.signIn;
    replies.push({ type: 'message', attachments: [CardFactory.oauthCard(CONNECTION, title, text, link)] });
  }
  if (say.card) replies.push(cardMessage(say.card));
  return replies.map((activity) => ({ how: 'send', activity }));
}

/** `card` in the place of the message `id`, for everybody in the conversation and for good. */
export const updateOf = (id: string, card: Card): Reply => ({ how: 'update', activity: { ...cardMessage(card), id } });

export const cardMessage = (card: Card): Partial<Activity> => ({
  type: 'message',
  attachments: [CardFactory.adaptiveCard(card)],
});

/** Puts one reply into the conversation of `context`; resolves to the message's id. */
export async function put(context: TurnContext, reply: Reply): Promise<string | undefined> {
  const activity = structuredClone(reply.activity);
  if (reply.how === 'send') return (await context.sendActivity(activity))?.id;
  await context.updateActivity(activity);
  return activity.id;
}
