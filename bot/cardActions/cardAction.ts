import type { z } from 'zod';
import type { Card } from '../../cards/card';
import type { ErrorCode } from '../../domain/errors';
import type { Permission } from '../../domain/people/person';
import type { Audience } from '../access/audience';
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
  /** The refusal that the card itself shows. All others are said in a message, and the card stays as it is. */
  refused?: Refused<Data>;
}

interface Refused<Data> {
  code: ErrorCode;
  /** The card as it stands now, with the sentence; undefined: the sentence is said in a message after all. */
  card(turn: Turn, data: Data, deps: AppDeps, sentence: string): Promise<Card | undefined>;
}

/** Keeps the schema's and the handler's types together, and gives the list one type. */
export const cardAction = <Data>(action: CardAction<Data>): CardAction => action as CardAction;
