import type { z } from 'zod';
import type { Card } from '../../cards/shared/card';
import type { ErrorCode } from '../../domain/errors';
import type { Permission } from '../../domain/people/person';
import type { Audience } from '../access/audience';
import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';

/**
 * One Action.Execute verb. Its data comes from a card that may be days old or made up: the handler looks up
 * every id in it again.
 */
export interface CardAction<Data = unknown> {
  verb: string;
  /** Undefined: everybody with a role; the command it leads to checks its own permission. */
  permission: Permission | undefined;
  /** Who may read along; by default everybody in the conversation has to be allowed to see customers. */
  audience?: Audience;
  schema: z.ZodType<Data, z.ZodTypeDef, unknown>;
  handle(turn: Turn, data: Data, deps: AppDeps): Promise<void>;
  /** The refusals that the card itself shows. A message says all others, and the card stays as it is. */
  refused?: Refused<NoInfer<Data>>;
}

interface Refused<Data> {
  code: ErrorCode;
  /** The current card with the sentence; undefined: a message says the sentence after all. */
  card(turn: Turn, data: Data, deps: AppDeps, sentence: string): Promise<Card | undefined>;
}

/** Keeps the types of schema and handler together, and gives the list one type. */
export const cardAction = <Data>(action: CardAction<Data>): CardAction => action as CardAction;
