import { command } from './command';
import { onCustomer } from './shared/onCustomer';

export const renameCustomer = command({
  title: 'rename customer',
  also: ['rename'],
  description: 'Give a customer another name; the old one stays in its history',
  example: 'rename customer Contoso',
  permission: 'customers.write',
  listed: true,
  ...onCustomer((turn, customerId, deps) =>
    deps.dialogs.start(turn.context, 'renameCustomer', { customerId }),
  ),
});
