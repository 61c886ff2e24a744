import { testConnection as test } from '../views/testConnection';
import type { Command } from './command';
import { onCustomer } from './onCustomer';

export const testConnection: Command = {
  title: 'test connection',
  also: ['test', 'check connection'],
  description: 'Test a customer’s Office 365 connection again',
  example: 'test connection Contoso',
  permission: 'tenants.connect',
  listed: false,
  run: onCustomer((turn, customerId, deps) => test(deps, turn, customerId)),
};
