import { customer } from '../understanding/takers/customer';
import { command } from './command';
import { dialogOnCustomer } from './shared/onCustomer';

export const removeCustomer = command({
  title: 'remove customer',
  description: 'Remove a customer; an admin can bring it back for 30 days',
  example: 'remove customer Contoso',
  permission: 'customers.remove',
  listed: true,
  group: 'admin',
  forms: { 'remove customer': { takes: customer, destructive: true } },
  ...dialogOnCustomer('removeCustomer'),
});
