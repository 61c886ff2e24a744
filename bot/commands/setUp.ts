import { z } from 'zod';
import { activeCustomer } from '../../domain/customers/changeCustomer';
import { SET_UP_STEPS } from '../../domain/customers/setUp';
import { subscribeToCustomer } from '../../domain/notifications/subscribe';
import { liveSetUp, placeOf } from '../setUp/homeCards';
import { customer } from '../understanding/takers/customer';
import { conversationOf, timeZoneOf } from '../views/showNotify';
import { command } from './command';

const setUpArgs = z.object({
  customerId: z.string().max(100),
  /** The step to open; by default the next one. */
  open: z.enum(SET_UP_STEPS).optional(),
  /** Gives this conversation the customer’s alerts. */
  alerts: z.boolean().optional(),
  /** The clicked card is a card of this command: it changes in place. */
  here: z.boolean().optional(),
});

export const setUp = command<z.infer<typeof setUpArgs>>({
  title: 'set up',
  description: 'Continue the set-up of a customer',
  example: 'set up Contoso',
  permission: 'customers.write',
  listed: false,
  group: 'setUp',
  forms: { 'set up': { takes: customer } },
  args: setUpArgs,
  async run(turn, { customerId, open, alerts, here }, deps) {
    const { requestId } = turn;
    const subscription = { customerId, timeZone: timeZoneOf(turn), requestId };
    if (alerts) await subscribeToCustomer(deps, turn.actor, conversationOf(turn), subscription);
    const cardId = here ? turn.envelope.replyToId : undefined;
    await activeCustomer(deps.stores.customers, customerId);
    const card = await liveSetUp(deps, placeOf(customerId, turn), cardId, { ...(open && { open }) });
    if (here) turn.replace(card);
    else turn.say({ card });
  },
});
