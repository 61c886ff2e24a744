import { command } from './command';
import { dialogOnCustomer } from './shared/onCustomer';

export const renameCustomer = command({
  title: 'rename customer',
  also: ['rename'],
  description: 'Give a customer another name; the old one stays in its history',
  example: 'rename customer Contoso',
  permission: 'customers.write',
  listed: true,
  group: 'setUp',
  ...dialogOnCustomer('renameCustomer'),
});
