import { customer } from '../understanding/takers/customer';
import { command } from './command';
import { setUpStepOnCustomer } from './shared/onCustomer';

export const connectOffice365 = command({
  title: 'connect office 365',
  description: 'Connect a customer’s Microsoft 365 and test the connection',
  example: 'connect office 365 Contoso',
  permission: 'tenants.connect',
  listed: true,
  group: 'setUp',
  forms: { 'connect office 365': { takes: customer } },
  ...setUpStepOnCustomer('connectTenant'),
});
