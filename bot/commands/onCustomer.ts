import { activeCustomer } from '../../domain/customers/changeCustomer';
import { customersMeant } from '../../domain/customers/listCustomers';
import type { AppDeps } from '../appDeps';
import type { Turn } from '../turns/turn';
import { showCustomers } from '../views/showCustomers';
import type { Command } from './command';

/**
 * A command about one customer: named by the button that was clicked (looked up again, never believed) or by the words
 * behind the command. Several that match are listed to choose from.
 */
export const onCustomer =
  (run: (turn: Turn, customerId: string, deps: AppDeps) => Promise<void>): Command['run'] =>
  async (turn, { text, customerId }, deps) => {
    if (customerId) return run(turn, (await activeCustomer(deps.stores.customers, customerId)).id, deps);
    const meant = text ? await customersMeant(deps.stores.customers, turn.actor, text) : [];
    const [only, ...others] = meant;
    if (only && others.length === 0) return run(turn, only.id, deps);
    turn.say({ text: asked(text, meant.length) });
    turn.say({
      card: await showCustomers(deps, turn.actor, { search: meant.length > 0 ? text : '', sort: 'name' }),
    });
  };

function asked(text: string, meant: number): string {
  if (meant > 1) return 'More than one customer has that in its name. Open the one you mean:';
  return text
    ? `No customer is called “${text.slice(0, 100)}”. Open the one you mean:`
    : 'Which customer? Open it here:';
}
