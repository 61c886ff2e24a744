import type { TurnContext } from 'botbuilder';
import type { Actor } from '../../domain/people/person';
import type { AppDeps } from '../appDeps';
import { envelopeOf } from '../channel/envelope';
import { referenceOf } from './reference';
import { bindTurn, type Turn } from './turn';

/**
 * A turn without a message: the background goes on with somebody's conversation. It takes the same lane, and
 * works out the same `turnId` once.
 */
export async function laterTurn(
  deps: AppDeps,
  context: TurnContext,
  who: { actor: Actor; conversationKey: string; turnId: string },
  work: (turn: Turn) => Promise<void>,
): Promise<void> {
  const envelope = envelopeOf(context.activity);
  if (!envelope) return;
  await deps.lane.run(context, who.conversationKey, who.turnId, async (draft) => {
    const reference = referenceOf(context);
    await work(bindTurn(context, draft, { ...who, requestId: who.turnId, envelope, reference }));
  });
}
