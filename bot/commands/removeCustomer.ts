import { command } from './command';
import { dialogOnCustomer } from './shared/onCustomer';

export const removeCustomer = command({
  title: 'remove customer',
  also: ['delete customer', 'remove', 'delete'],
  description: 'Remove a customer; an admin can bring it back for 30 days',
  example: 'remove customer Contoso',
  permission: 'customers.remove',
  listed: true,
  group: 'admin',
  ...dialogOnCustomer('removeCustomer'),
});
