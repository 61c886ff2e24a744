import { command } from './command';
import { dialogOnCustomer } from './shared/onCustomer';

export const syncOptions = command({
  title: 'sync options',
  also: ['sync', 'choose sync', 'sync mode'],
  description: 'Choose how a customer’s passwords go between Active Directory and Office 365',
  example: 'sync options Contoso',
  permission: 'sync.choose',
  listed: true,
  group: 'setUp',
  ...dialogOnCustomer('chooseSync'),
});
