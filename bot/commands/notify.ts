import { z } from 'zod';
import {
  subscribeToCustomer,
  unsubscribe,
  unsubscribeFromCustomer,
} from '../../domain/notifications/subscribe';
import { customerIfAny } from '../understanding/takers/customer';
import { conversationOf, showNotify, timeZoneOf } from '../views/showNotify';
import { command } from './command';

export const notify = command({
  title: 'notify',
  description: 'Which alerts this chat gets: password resets, agents that go offline, and more',
  example: 'notify Contoso, notify stop Contoso',
  permission: 'customers.read',
  listed: true,
  group: 'daily',
  audience: 'anywhere',
  forms: {
    notify: { takes: customerIfAny },
    'notify stop': { args: { stop: true }, takes: customerIfAny },
  },
  /**
   * Alone: shows the subscription. A customer: adds it. `stop`: takes that customer off, or ends everything.
   */
  args: z.object({ customerId: z.string().max(100).optional(), stop: z.boolean().optional() }),
  async run(turn, { customerId, stop }, deps) {
    const conversation = conversationOf(turn);
    const { actor, requestId } = turn;
    if (stop && customerId)
      await unsubscribeFromCustomer(deps, actor, conversation, { customerId, requestId });
    else if (stop) await unsubscribe(deps, actor, conversation, { requestId });
    else if (customerId) {
      const timeZone = timeZoneOf(turn);
      await subscribeToCustomer(deps, actor, conversation, { customerId, timeZone, requestId });
    }
    turn.say({ card: await showNotify(deps, turn) });
  },
});
