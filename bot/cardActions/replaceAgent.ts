import { z } from 'zod';
import { decideReplacement } from '../../domain/agents/decideReplacement';
import { KeyturnError, notFound } from '../../domain/errors';
import { showReplacement } from '../views/showReplacement';
import { cardAction } from './cardAction';

/** Yes and no to the question whether another key may take an agent's place. */
export const replaceAgent = cardAction({
  verb: 'replaceAgent',
  permission: 'agents.manage',
  schema: z.object({ tokenId: z.string().max(100), allow: z.boolean() }),
  async handle(turn, { tokenId, allow }, deps) {
    const { actor, requestId } = turn;
    try {
      await decideReplacement(deps, actor, { tokenId, allow, requestId });
    } catch (error) {
      if (!(error instanceof KeyturnError) || error.code !== 'conflict') throw error;
      turn.note(error.sentence);
    }
    const card = await showReplacement(deps, tokenId);
    if (!card) throw notFound('This question is not open any more.');
    turn.replace(card);
  },
});
