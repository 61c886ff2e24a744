import type { TurnContext } from 'botbuilder';
import type { Card } from '../../cards/shared/card';
import type { Log } from '../../domain/ports';
import { classified } from '../sending/sendResult';
import { cardMessage, putMessage } from './reply';

/** One card that shows progress: sent once, then updated in place. */
export interface LiveCard {
  /** Never throws: after a face that could not be shown comes the next one. */
  show(card: Card): Promise<void>;
}

/** `sent` stores the card's id, so that a later run goes on with the same card. */
export function createLiveCard(
  context: TurnContext,
  knownId: string | undefined,
  sent: (id: string) => Promise<void>,
  log: Log,
): LiveCard {
  let id = knownId;
  return {
    async show(card) {
      if (id !== undefined) {
        const result = await classified(() => putMessage(context, cardMessage(card), id));
        if (result.kind !== 'gone')
          return result.kind === 'sent'
            ? undefined
            : log.warn({ result: result.kind }, 'a card was not brought up to date');
      }
      const result = await classified(() => putMessage(context, cardMessage(card)));
      if (result.kind !== 'sent' || !result.id)
        return log.warn({ result: result.kind }, 'a card could not be sent');
      id = result.id;
      await sent(id);
    },
  };
}
