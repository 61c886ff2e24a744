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
        throw notFound('That place is told nothing any more.');
      await forgetMembers(deps, conversationId);
      await releaseHeld(deps, conversationId);
    }
    turn.replace(finishedCard(SAID[deed](turn.actor.name)));
  },
});

const SAID = {
  take: (name: string) => ({
    title: 'Taken over',
    lines: [`${name} answers for what this place is told. What was kept is told now.`],
    tone: 'good' as const,
  }),
  end: (name: string) => ({
    title: 'Ended',
    lines: [`${name} ended it: this place is told nothing any more.`],
    tone: 'neutral' as const,
  }),
  look: () => ({
    title: 'Looked at again with the next message',
    lines: [
      'If everybody in the place may see customers by now, it is told what was kept. Type “notify” there to see it.',
    ],
    tone: 'neutral' as const,
  }),
};
