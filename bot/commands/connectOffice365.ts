import { command } from './command';
import { dialogOnCustomer } from './shared/onCustomer';

export const connectOffice365 = command({
  title: 'connect office 365',
  also: [
    'connect office365',
    'connect o365',
    'connect microsoft 365',
    'connect m365',
    'connect tenant',
    'connect',
    'reconnect',
  ],
  description: 'Have a customer’s administrator sign in and consent, then test the connection',
  example: 'connect office 365 Contoso',
  permission: 'tenants.connect',
  listed: true,
  group: 'setUp',
  ...dialogOnCustomer('connectTenant'),
});
