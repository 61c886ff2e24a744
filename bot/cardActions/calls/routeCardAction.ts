import { z } from 'zod';
import type { Card } from '../../../cards/shared/card';
import { KeyturnError, notFound } from '../../../domain/errors';
import { permit } from '../../../domain/people/permit';
import { heardByAll } from '../../access/hearing';
import type { AppDeps } from '../../appDeps';
import { readCardData } from '../../turns/cardData';
import type { Turn } from '../../turns/turn';
import type { CardAction } from '../cardAction';
import { cardActions } from '../index';

const actionSchema = z.object({ verb: z.string().max(50), data: z.record(z.unknown()).default({}) });

/**
 * Runs the verb of a clicked card, after the verb's schema took its data and the person's permission was
 * checked.
 */
export async function routeCardAction(turn: Turn, clicked: unknown, deps: AppDeps): Promise<void> {
  const action = actionSchema.safeParse(clicked);
  const known = cardActions.find(({ verb }) => verb === action.data?.verb);
  if (!known) throw notFound('This button is from another version of me. Type “help” to see what I can do.');
  turn.ran = known.verb;
  if (known.permission) permit(turn.actor, known.permission);
  await heardByAll(turn, deps, known.audience);
  const read = readCardData(known.schema, action.data?.data);
  try {
    await known.handle(turn, read, deps);
  } catch (error) {
    const card = await cardOfRefusal(known, turn, read, deps, error);
    if (!card) throw error;
    turn.replace(card);
  }
}

async function cardOfRefusal(
  { refused }: CardAction,
  turn: Turn,
  data: unknown,
  deps: AppDeps,
  error: unknown,
): Promise<Card | undefined> {
  if (!(error instanceof KeyturnError) || error.code !== refused?.code) return undefined;
  return refused.card(turn, data, deps, error.sentence);
}
