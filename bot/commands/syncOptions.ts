import type { Command } from './command';
import { onCustomer } from './onCustomer';

export const syncOptions: Command = {
  title: 'sync options',
  also: ['sync', 'choose sync', 'sync mode'],
  description: 'Choose how a customer’s passwords go between Active Directory and Office 365',
  example: 'sync options Contoso',
  permission: 'sync.choose',
  listed: true,
  run: onCustomer((turn, customerId, deps) => deps.dialogs.start(turn.context, 'chooseSync', { customerId })),
};
