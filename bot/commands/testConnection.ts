import { customer } from '../understanding/takers/customer';
import { command } from './command';
import { beginTest } from './shared/beginTest';
import { onCustomer } from './shared/onCustomer';

export const testConnection = command({
  title: 'test connection',
  description: 'Test a customer’s Microsoft 365 connection again',
  example: 'test connection Contoso',
  permission: 'tenants.connect',
  listed: false,
  forms: { 'test connection': { takes: customer } },
  ...onCustomer((turn, customerId, deps) => beginTest(deps, turn, customerId)),
});
