import { z } from 'zod';
import type { Card } from '../../cards/shared/card';
import { decideReplacement } from '../../domain/agents/enrolment/decideReplacement';
import { notFound } from '../../domain/errors';
import type { AppDeps } from '../appDeps';
import { showReplacement } from '../views/showReplacement';
import { cardAction } from './cardAction';

/** The answer to the question whether another key may replace an agent's key. */
export const replaceAgent = cardAction({
  verb: 'replaceAgent',
  permission: 'agents.manage',
  schema: z.object({ tokenId: z.string().max(100), allow: z.boolean() }),
  async handle(turn, { tokenId, allow }, deps) {
    const { actor, requestId } = turn;
    await decideReplacement(deps, actor, { tokenId, allow, requestId });
    turn.replace(await questionOf(deps, tokenId));
  },
  refused: {
    code: 'conflict',
    async card(turn, { tokenId }, deps, sentence) {
      turn.note(sentence);
      return questionOf(deps, tokenId);
    },
  },
});

async function questionOf(deps: AppDeps, tokenId: string): Promise<Card> {
  const card = await showReplacement(deps, tokenId);
  if (!card) throw notFound('This question is not open any more.');
  return card;
}
