import { nameKeyOf } from '../../domain/customers/customerName';
import { customersMeant } from '../../domain/customers/listCustomers';
import { invalidInput } from '../../domain/errors';
import {
  subscribeToCustomer,
  unsubscribe,
  unsubscribeFromCustomer,
} from '../../domain/notifications/subscribe';
import type { Actor } from '../../domain/people/person';
import type { Stores } from '../../domain/stores/stores';
import type { AppDeps } from '../appDeps';
import { placeOf, showNotify, timeZoneOf } from '../views/showNotify';
import type { Command } from './command';

export const notify: Command = {
  title: 'notify',
  also: ['notifications', 'notify me', 'subscribe', 'alerts'],
  description: 'What this conversation is told: password resets, agents that go offline, and more',
  example: 'notify Contoso, notify stop Contoso',
  permission: 'customers.read',
  listed: true,
  audience: 'anywhere',
  async run(turn, { text, customerId }, deps) {
    const place = placeOf(turn);
    const { actor, requestId } = turn;
    const wish = customerId ? { id: customerId } : await wishOf(deps, actor, text ?? '');
    if (wish === 'stop') await unsubscribe(deps, actor, place, { requestId });
    else if (wish?.stop)
      await unsubscribeFromCustomer(deps, actor, place, { customerId: wish.id, requestId });
    else if (wish) {
      const timeZone = timeZoneOf(deps, turn);
      await subscribeToCustomer(deps, actor, place, { customerId: wish.id, timeZone, requestId });
    }
    turn.say({ card: await showNotify(deps, turn) });
  },
};

const STOP = /^stop(?: all)?(?: here)?$/i;
const STOP_ONE = /^stop\s+(.+)$/i;

type Wish = 'stop' | { id: string; stop?: boolean } | undefined;

/** What was typed behind “notify”: a customer, “stop” and a customer, “stop”, nothing. One that is called “Stop …” is meant by its whole name. */
async function wishOf({ stores }: AppDeps, actor: Actor, text: string): Promise<Wish> {
  if (!text) return undefined;
  const exact = await stores.customers.find('nameKey', nameKeyOf(text));
  if (exact) return { id: exact.id };
  if (STOP.test(text)) return 'stop';
  const name = STOP_ONE.exec(text)?.[1];
  return name
    ? { id: await meant(stores, actor, name), stop: true }
    : { id: await meant(stores, actor, text) };
}

async function meant({ customers }: Stores, actor: Actor, name: string): Promise<string> {
  const [only, ...others] = await customersMeant(customers, actor, name);
  if (only && others.length === 0) return only.id;
  throw invalidInput(
    only
      ? 'More than one customer has that in its name. Write the whole name.'
      : `No customer is called “${name.slice(0, 100)}”. Type “customers” to see them.`,
  );
}
