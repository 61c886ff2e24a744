import type { TurnContext } from 'botbuilder';

/**
 * How to reach the conversation later: a Bot Framework ConversationReference with the serviceUrl of this
 * activity.
 */
export const referenceOf = ({ activity }: TurnContext): unknown => {
  const { serviceUrl, channelId, conversation, recipient, from } = activity;
  return { serviceUrl, channelId, conversation, bot: recipient, user: from };
};
