import { customer } from '../understanding/takers/customer';
import { command } from './command';
import { setUpStepOnCustomer } from './shared/onCustomer';

export const syncOptions = command({
  title: 'sync options',
  description: 'Choose how a customer’s passwords sync between Active Directory and Microsoft 365',
  example: 'sync options Contoso',
  permission: 'sync.choose',
  listed: true,
  group: 'setUp',
  forms: { 'sync options': { takes: customer } },
  ...setUpStepOnCustomer('chooseSync'),
});
