import { z } from 'zod';
import { activeCustomer } from '../../../domain/customers/changeCustomer';
import { customersMeant } from '../../../domain/customers/listCustomers';
import type { AppDeps, Command } from '../../appDeps';
import type { Turn } from '../../turns/turn';
import { showCustomers } from '../../views/showCustomers';

type OnCustomer = Pick<Command<{ customerId: string }>, 'args' | 'fromText' | 'run'>;

/** A command about one customer, named by the typed words; when several match, the person opens one. */
export const onCustomer = (
  run: (turn: Turn, customerId: string, deps: AppDeps) => Promise<void>,
): OnCustomer => ({
  args: z.object({ customerId: z.string().max(100) }),
  async fromText(turn, text, deps) {
    const meant = text ? await customersMeant(deps.stores.customers, turn.actor, text) : [];
    const [only, ...others] = meant;
    if (only && others.length === 0) return { args: { customerId: only.id } };
    const search = meant.length > 0 ? text : '';
    const card = await showCustomers(deps, turn.actor, { search, sort: 'name' });
    return { ask: [{ text: asked(text, meant.length) }, { card }] };
  },
  async run(turn, { customerId }, deps) {
    await run(turn, (await activeCustomer(deps.stores.customers, customerId)).id, deps);
  },
});

/** A command that opens a dialog about the customer that is named. */
export const dialogOnCustomer = (dialog: string): OnCustomer =>
  onCustomer((turn, customerId, deps) => deps.dialogs.start(turn.context, dialog, { customerId }));

function asked(text: string, meant: number): string {
  if (meant > 1) return 'More than one customer has that in its name. Open the one you mean:';
  return text
    ? `No customer is called “${text.slice(0, 100)}”. Open the one you mean:`
    : 'Which customer? Open it here:';
}
