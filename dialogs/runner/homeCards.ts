import type { Card } from '../../cards/shared/card';
import type { SetUpStepId } from '../../domain/customers/setUp';
import type { Home } from '../dialog';
import type { TurnIo } from './turnIo';

/** Makes the card of a customer's set-up, for dialogs that run as its steps. */
export interface HomeCards {
  /** With the question of a dialog in its step. */
  asking(home: Home, io: TurnIo, step: SetUpStepId, question: Card): Promise<Card>;
  /** With no question, as the records stand; `note`: what was just done. */
  resting(home: Home, io: TurnIo, note?: string): Promise<Card>;
}
