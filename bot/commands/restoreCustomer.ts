import { z } from 'zod';
import { finishedCard, openCustomer } from '../../cards/finished';
import {
  RESTORE_DAYS,
  removedCustomers,
  restoreCustomer as restore,
} from '../../domain/customers/removeCustomer';
import { command } from './command';

export const restoreCustomer = command({
  title: 'restore customer',
  description: `Bring back a customer that was removed in the last ${RESTORE_DAYS} days`,
  example: 'restore customer',
  permission: 'customers.remove',
  listed: false,
  forms: { 'restore customer': {} },
  /** Without a customer: shows which customers can be restored. */
  args: z.object({ customerId: z.string().max(100).optional() }),
  async run(turn, { customerId }, deps) {
    if (!customerId) return turn.say({ card: listOf(await removedCustomers(deps, turn.actor)) });
    const { value } = await restore(deps, turn.actor, { customerId, requestId: turn.requestId });
    const actions = [openCustomer(customerId)];
    turn.say({
      card: finishedCard({ title: value.name, lines: ['Restored as it was.'], tone: 'good', actions }),
    });
  },
});

const listOf = (removed: { id: string; name: string }[]) =>
  finishedCard({
    title: 'Removed customers',
    lines:
      removed.length > 0
        ? [`Removed in the last ${RESTORE_DAYS} days, the latest first.`]
        : ['There is nothing to restore.'],
    tone: 'neutral',
    actions: removed.map(({ id, name }) => ({
      title: `Restore ${name}`,
      command: 'restore customer',
      args: { customerId: id },
    })),
  });
