import { z } from 'zod';
import { beginTest } from '../commands/shared/beginTest';
import { cardAction } from './cardAction';

/** Tests the connection again, on the same card. */
export const testAgain = cardAction({
  verb: 'testAgain',
  permission: 'tenants.connect',
  schema: z.object({ customerId: z.string().max(100) }),
  async handle(turn, { customerId }, deps) {
    await beginTest(deps, turn, customerId, turn.envelope.replyToId);
  },
});
