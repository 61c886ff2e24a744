import { z } from 'zod';
import { beginTest } from '../commands/shared/beginTest';
import { cardAction } from './cardAction';

/** Tests the connection again, on the same card. */
export const testAgain = cardAction({
  verb: 'testAgain',
  permission: 'tenants.connect',
  /** `here`: on the card of the customer’s set-up. */
  schema: z.object({ customerId: z.string().max(100), here: z.boolean().optional() }),
  async handle(turn, { customerId, here }, deps) {
    const { replyToId: cardId } = turn.envelope;
    const home = here && cardId ? { home: { customerId, cardId } } : {};
    await beginTest(deps, turn, customerId, { ...(cardId && { cardId }), ...home });
  },
});
