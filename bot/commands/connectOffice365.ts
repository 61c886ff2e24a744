import { customer } from '../understanding/takers/customer';
import { command } from './command';
import { setUpStepOnCustomer } from './shared/onCustomer';

export const connectOffice365 = command({
  title: 'connect office 365',
  description: 'Have a customer’s administrator sign in and consent, then test the connection',
  example: 'connect office 365 Contoso',
  permission: 'tenants.connect',
  listed: true,
  group: 'setUp',
  forms: { 'connect office 365': { takes: customer } },
  ...setUpStepOnCustomer('connectTenant'),
});
