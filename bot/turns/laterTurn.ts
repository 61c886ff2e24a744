import type { TurnContext } from 'botbuilder';
import type { Actor } from '../../domain/people/person';
import type { AppDeps } from '../appDeps';
import { envelopeOf } from '../channel/envelope';
import { referenceOf } from './reference';
import { bindTurn, type Turn } from './turn';

/**
 * A turn without a message: the background goes on with somebody's conversation. It takes the same lane, and
 * works out the same `turnId` once. What it replaces is the card of the open step.
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
    const { turnId: requestId } = who;
    const reference = referenceOf(context);
    const { stepCard } = draft;
    await work(bindTurn(context, draft, { ...who, requestId, envelope, reference, stepCard }));
  });
}
