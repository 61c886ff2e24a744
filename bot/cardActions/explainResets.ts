import { z } from 'zod';
import type { Card } from '../../cards/shared/card';
import { notFound } from '../../domain/errors';
import { explainDigest, explainResets as explainNotice } from '../../domain/resets/explainResets';
import type { AppDeps } from '../appDeps';
import { digestCardOf } from '../notifications/subjects/digest';
import { faceOf } from '../notifications/subjects/notice';
import { conversationOf } from '../views/showNotify';
import { cardAction } from './cardAction';

const as = z.enum(['ours', 'lookInto']);
const id = z.string().max(400);
/** How far the clicked card goes; cards of earlier versions do not say. */
const upTo = z.number().int().nonnegative().optional();

/**
 * 'It was us' and 'Look into it', on the card that reported the resets. The others who got this card see the
 * answer on theirs.
 */
export const explainResets = cardAction({
  verb: 'explainResets',
  permission: 'resets.explain',
  schema: z.union([
    z.object({ noticeId: id, shown: upTo, joined: upTo, resets: upTo, as }),
    z.object({ digestId: id, madeAt: upTo, as }),
  ]),
  async handle(turn, data, deps) {
    const { actor, requestId } = turn;
    if ('noticeId' in data) await explainNotice(deps, actor, { ...data, requestId });
    else await explainDigest(deps, actor, { ...data, ...conversationOf(turn), requestId });
    const card =
      'noticeId' in data ? await noticeShown(deps, data.noticeId) : await digestShown(deps, data.digestId);
    if (!card) throw notFound('There is nothing to show of it any more.');
    turn.replace(card);
  },
});

async function noticeShown(deps: AppDeps, noticeId: string): Promise<Card | undefined> {
  const notice = await deps.stores.notices.get(noticeId);
  return notice && faceOf(deps, notice);
}

async function digestShown(deps: AppDeps, digestId: string): Promise<Card | undefined> {
  const digest = await deps.stores.deliveries.get(digestId);
  return digest && digestCardOf(deps, digest.value, () => true);
}
