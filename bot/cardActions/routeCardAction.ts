import { z } from 'zod';
import { notFound } from '../../domain/errors';
import { permit } from '../../domain/people/permit';
import { heardByAll } from '../access/hearing';
import type { AppDeps } from '../appDeps';
import { readCardData } from '../turns/cardData';
import type { Turn } from '../turns/turn';
import { cardActions } from './index';

const actionSchema = z.object({ verb: z.string().max(50), data: z.record(z.unknown()).default({}) });

/** Runs the verb of a clicked card, after its data went through the verb's schema and the person's permission was checked. */
export async function routeCardAction(turn: Turn, clicked: unknown, deps: AppDeps): Promise<void> {
  const action = actionSchema.safeParse(clicked);
  const known = cardActions.find(({ verb }) => verb === action.data?.verb);
  if (!known) throw notFound('This button is from another version of me. Type “help” to see what I can do.');
  if (known.permission) permit(turn.actor, known.permission);
  await heardByAll(turn, deps, known.audience);
  await known.handle(turn, readCardData(known.schema, action.data?.data), deps);
}
