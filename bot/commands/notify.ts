import { customersMeant } from '../../domain/customers/listCustomers';
import { invalidInput } from '../../domain/errors';
import { subscribeToCustomer } from '../../domain/notifications/subscribe';
import { placeOf, showNotify, timeZoneOf } from '../views/showNotify';
import type { Command } from './command';

export const notify: Command = {
  title: 'notify',
  also: ['notifications', 'notify me', 'subscribe', 'alerts'],
  description: 'What this conversation is told: password resets, agents that go offline, and more',
  example: 'notify Contoso',
  permission: 'customers.read',
  listed: true,
  async run(turn, { text, customerId }, deps) {
    const id = customerId ?? (text ? await meant(text) : undefined);
    if (id)
      await subscribeToCustomer(deps, turn.actor, placeOf(turn), {
        customerId: id,
        timeZone: timeZoneOf(deps, turn),
        requestId: turn.requestId,
      });
    turn.say({ card: await showNotify(deps, turn) });

    async function meant(name: string): Promise<string> {
      const [only, ...others] = await customersMeant(deps.stores.customers, turn.actor, name);
      if (only && others.length === 0) return only.id;
      throw invalidInput(
        only
          ? 'More than one customer has that in its name. Write the whole name.'
          : `No customer is called “${name.slice(0, 100)}”. Type “customers” to see them.`,
      );
    }
  },
};
