import type { Command } from './command';
import { onCustomer } from './onCustomer';

export const renameCustomer: Command = {
  title: 'rename customer',
  also: ['rename'],
  description: 'Give a customer another name; the old one stays in its history',
  example: 'rename customer Contoso',
  permission: 'customers.write',
  listed: true,
  run: onCustomer((turn, customerId, deps) =>
    deps.dialogs.start(turn.context, 'renameCustomer', { customerId }),
  ),
};
