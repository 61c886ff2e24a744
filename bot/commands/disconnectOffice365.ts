import { command } from './command';
import { dialogOnCustomer } from './shared/onCustomer';

export const disconnectOffice365 = command({
  title: 'disconnect office 365',
  also: ['disconnect'],
  description: 'Forget a customer’s Office 365 tenant',
  example: 'disconnect office 365 Contoso',
  permission: 'tenants.connect',
  listed: false,
  ...dialogOnCustomer('disconnectTenant'),
});
