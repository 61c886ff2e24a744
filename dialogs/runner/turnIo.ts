import type { TurnContext } from 'botbuilder-core';
import type { Card } from '../../cards/shared/card';
import type { Actor } from '../../domain/people/person';
import type { Say } from '../dialog';

/** The input for a waiting dialog. `code`: a sign-in came back from its pop-up. */
export type Incoming =
  | { kind: 'card'; run: string; step: string; data: Record<string, unknown> }
  | { kind: 'text'; text: string }
  | { kind: 'code'; code: string };

/**
 * One turn as dialogs see it: who acts, what came in, and where replies go. All replies are held back until
 * the turn is saved.
 */
export interface TurnIo {
  actor: Actor;
  conversationKey: string;
  conversationId: string;
  /** Only the actor reads the replies. */
  personal: boolean;
  reference: unknown;
  incoming?: Incoming;
  /** The message whose card was clicked. */
  clicked?: string;
  dialogs: { dialogStack: unknown[] };
  say(say: Say): void;
  /**
   * Replaces the clicked card. Without a clicked card nothing happens, but the card of a step (`step`, as in
   * `Say`) is sent.
   */
  replace(card: Card, step?: true): void;
  /** A new face of the message with this id; `step` as in `Say`. */
  showOn(cardId: string, card: Card, step?: true): void;
  /**
   * Tells only the person who clicked, and leaves the card unchanged, because it may belong to somebody else.
   */
  note(sentence: string): void;
}

const KEY = Symbol('keyturn.turnIo');

export const bindTurnIo = (context: TurnContext, io: TurnIo): void => {
  context.turnState.set(KEY, io);
};

export const turnIo = (context: TurnContext): TurnIo => context.turnState.get(KEY) as TurnIo;
