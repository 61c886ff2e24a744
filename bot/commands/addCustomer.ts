import type { Command } from './command';

export const addCustomer: Command = {
  title: 'add customer',
  also: ['new customer', 'create customer', 'add a customer', 'add', 'new'],
  description: 'Add a company and connect its Active Directory or Office 365',
  example: 'add customer Contoso',
  permission: 'customers.write',
  listed: true,
  run: (turn, { text }, deps) => deps.dialogs.start(turn.context, 'addCustomer', { name: text }),
};
