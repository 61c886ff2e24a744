import type { z } from 'zod';
import type { Permission } from '../../domain/people/person';
import type { Audience } from '../access/hearing';
import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';

/** One Action.Execute verb. Its data comes from a card that may be days old or made up: ids in it are looked up again. */
export interface CardAction<Data = unknown> {
  verb: string;
  /** Undefined: everybody who has a role; what it leads to checks its own. */
  permission: Permission | undefined;
  /** Who may read along: by default everybody in the place has to be allowed to see customers. */
  audience?: Audience;
  schema: z.ZodType<Data, z.ZodTypeDef, unknown>;
  handle(turn: Turn, data: Data, deps: AppDeps): Promise<void>;
}

/** Keeps the schema's and the handler's types together, and gives the list one type. */
export const cardAction = <Data>(action: CardAction<Data>): CardAction => action as CardAction;
