import { z } from 'zod';
import { finishedCard } from '../../cards/finished';
import { notFound } from '../../domain/errors';
import { releaseHeld } from '../../domain/notifications/held';
import { endShared, takeOver } from '../../domain/notifications/sharedConversation';
import { forgetMembers } from '../access/conversationMembers';
import { cardAction } from './cardAction';

/** An admin's answer about a shared conversation that gets no notices. */
export const sharedConversation = cardAction({
  verb: 'place',
  permission: 'notifications.manage',
  audience: 'personal',
  schema: z.object({ placeId: z.string().max(1000), do: z.enum(['take', 'end', 'look']) }),
  async handle(turn, { placeId: conversationId, do: deed }, deps) {
    const request = { conversationId, requestId: turn.requestId };
    if (deed === 'take') await takeOver(deps, turn.actor, request);
    else if (deed === 'end') await endShared(deps, turn.actor, request);
    else {
      if (!(await deps.stores.subscriptions.get(conversationId)))
        throw notFound('That conversation gets no alerts any more.');
      await forgetMembers(deps, conversationId);
      await releaseHeld(deps, conversationId);
    }
    turn.replace(finishedCard(SAID[deed](turn.actor.name)));
  },
});

const SAID = {
  take: (name: string) => ({
    title: 'Taken over',
    lines: [`${name} now manages the alerts of this conversation. Alerts that waited are sent now.`],
    tone: 'good' as const,
  }),
  end: (name: string) => ({
    title: 'Alerts ended',
    lines: [`${name} ended the alerts of this conversation.`],
    tone: 'neutral' as const,
  }),
  look: () => ({
    title: 'Checking again',
    lines: [
      'If everybody there may see customers by now, the alerts that waited are sent. Type “notify” there to see how it is.',
    ],
    tone: 'neutral' as const,
  }),
};
