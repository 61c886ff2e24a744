import { z } from 'zod';
import { activeCustomer } from '../../../domain/customers/changeCustomer';
import type { AppDeps, Command } from '../../appDeps';
import type { Turn } from '../../turns/turn';

type OnCustomer = Pick<Command<{ customerId: string }>, 'args' | 'run'>;

/** A command about one customer. */
export const onCustomer = (
  run: (turn: Turn, customerId: string, deps: AppDeps) => Promise<void>,
): OnCustomer => ({
  args: z.object({ customerId: z.string().max(100) }),
  async run(turn, { customerId }, deps) {
    await run(turn, (await activeCustomer(deps.stores.customers, customerId)).id, deps);
  },
});

/** A command that opens a dialog about the customer that is named. */
export const dialogOnCustomer = (dialog: string): OnCustomer =>
  onCustomer((turn, customerId, deps) => deps.dialogs.start(turn.context, dialog, { customerId }));
