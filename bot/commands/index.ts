import type { Command } from '../appDeps';
import { addActiveDirectory } from './addActiveDirectory';
import { addCustomer } from './addCustomer';
import { agents } from './agents';
import { cancel } from './cancel';
import { cannot } from './cannot';
import { confirmTenant } from './confirmTenant';
import { connectOffice365 } from './connectOffice365';
import { customer } from './customer';
import { customers } from './customers';
import { disconnectOffice365 } from './disconnectOffice365';
import { help } from './help';
import { home } from './home';
import { importList } from './importList';
import { importOrganizations } from './importOrganizations';
import { installAgent } from './installAgent';
import { integrations } from './integrations';
import { notify } from './notify';
import { people } from './people';
import { refreshOrganizations } from './refreshOrganizations';
import { removeCustomer } from './removeCustomer';
import { renameCustomer } from './renameCustomer';
import { restoreCustomer } from './restoreCustomer';
import { setUp } from './setUp';
import { syncOptions } from './syncOptions';
import { testConnection } from './testConnection';
import { thanks } from './thanks';

/** Every command, in the order of help; the manifest lists those that are `listed`. */
export const commands: readonly Command[] = [
  help,
  addCustomer,
  setUp,
  customers,
  customer,
  renameCustomer,
  connectOffice365,
  syncOptions,
  removeCustomer,
  importOrganizations,
  integrations,
  notify,
  installAgent,
  agents,
  people,
  cancel,
  home,
  addActiveDirectory,
  testConnection,
  confirmTenant,
  importList,
  disconnectOffice365,
  restoreCustomer,
  refreshOrganizations,
  thanks,
  cannot,
];
