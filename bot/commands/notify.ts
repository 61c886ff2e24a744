import { z } from 'zod';
import { nameKeyOf } from '../../domain/customers/customerName';
import { customersMeant } from '../../domain/customers/listCustomers';
import {
  subscribeToCustomer,
  unsubscribe,
  unsubscribeFromCustomer,
} from '../../domain/notifications/subscribe';
import type { Actor } from '../../domain/people/person';
import type { AppDeps, Understood } from '../appDeps';
import { conversationOf, showNotify, timeZoneOf } from '../views/showNotify';
import { command } from './command';

export const notify = command({
  title: 'notify',
  also: ['notifications', 'notify me', 'subscribe', 'alerts'],
  description: 'What this conversation is told: password resets, agents that go offline, and more',
  example: 'notify Contoso, notify stop Contoso',
  permission: 'customers.read',
  listed: true,
  group: 'daily',
  audience: 'anywhere',
  /**
   * Alone: shows the subscription. A customer: adds it. `stop`: takes that customer off, or ends everything.
   */
  args: z.object({ customerId: z.string().max(100).optional(), stop: z.boolean().optional() }),
  fromText: (turn, text, deps) => wishOf(deps, turn.actor, text),
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

const STOP = /^stop(?: all)?(?: here)?$/i;
const STOP_ONE = /^stop\s+(.+)$/i;

type Wish = Understood<{ customerId?: string; stop?: boolean }>;

/**
 * What the person typed behind “notify”: a customer, “stop” and a customer, “stop”, nothing. A
 * customer whose name begins with “Stop” needs its whole name.
 */
async function wishOf({ stores: { customers } }: AppDeps, actor: Actor, text: string): Promise<Wish> {
  if (!text) return { args: {} };
  const exact = await customers.find('nameKey', nameKeyOf(text));
  if (exact) return { args: { customerId: exact.id } };
  if (STOP.test(text)) return { args: { stop: true } };
  const stopped = STOP_ONE.exec(text)?.[1];
  const name = stopped ?? text;
  const [only, ...others] = await customersMeant(customers, actor, name);
  if (only && others.length === 0) return { args: { customerId: only.id, ...(stopped && { stop: true }) } };
  const sentence = only
    ? 'More than one customer has that in its name. Write the whole name.'
    : `No customer is called “${name.slice(0, 100)}”. Type “customers” to see them.`;
  return { ask: [{ text: sentence }] };
}
