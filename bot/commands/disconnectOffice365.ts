import { customer } from '../understanding/takers/customer';
import { command } from './command';
import { dialogOnCustomer } from './shared/onCustomer';

export const disconnectOffice365 = command({
  title: 'disconnect office 365',
  description: 'Forget a customer’s Microsoft 365 tenant',
  example: 'disconnect office 365 Contoso',
  permission: 'tenants.connect',
  listed: false,
  forms: { 'disconnect office 365': { takes: customer, destructive: true } },
  ...dialogOnCustomer('disconnectTenant'),
});
