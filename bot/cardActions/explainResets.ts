import { z } from 'zod';
import { notFound } from '../../domain/errors';
import { explainResets as explain } from '../../domain/events/explainResets';
import { faceOf } from '../notifications/deliveryCard';
import { cardAction } from './cardAction';

/** 'It was us' and 'Look into it', on the card that told the resets; the others who were told see it on theirs. */
export const explainResets = cardAction({
  verb: 'explainResets',
  permission: 'resets.explain',
  schema: z.object({ noticeId: z.string().max(400), as: z.enum(['ours', 'lookInto']) }),
  async handle(turn, { noticeId, as }, deps) {
    await explain(deps, turn.actor, { noticeId, as, requestId: turn.requestId });
    const notice = await deps.stores.notices.get(noticeId);
    const card = notice && (await faceOf(deps, notice));
    if (!card) throw notFound('This message is too old to be answered. Nothing was changed.');
    turn.replace(card);
  },
});
