import type { TenantDirectory } from '../domain/tenants/ports';
import { type AddCustomerDeps, createAddCustomer } from './addCustomer';
import { createAddIntegration } from './addIntegration';
import { type ChooseSyncDeps, createChooseSync } from './chooseSync';
import { type ConnectTenantDeps, createConnectTenant } from './connectTenant';
import { anyDialog, type DialogDefinition } from './dialog';
import { createDisconnectTenant } from './disconnectTenant';
import { createRemoveCustomer } from './removeCustomer';
import { createRemoveIntegration, type RemoveIntegrationDeps } from './removeIntegration';
import { createRenameCustomer } from './renameCustomer';

export type DialogDeps = AddCustomerDeps &
  ChooseSyncDeps &
  ConnectTenantDeps &
  RemoveIntegrationDeps & { directory: TenantDirectory };

/** Every dialog there is. */
export const createDialogs = (deps: DialogDeps): DialogDefinition[] => [
  anyDialog(createAddCustomer(deps)),
  anyDialog(createConnectTenant(deps)),
  anyDialog(createChooseSync(deps)),
  anyDialog(createRenameCustomer(deps)),
  anyDialog(createDisconnectTenant(deps)),
  anyDialog(createRemoveCustomer(deps)),
  anyDialog(createAddIntegration(deps)),
  anyDialog(createRemoveIntegration(deps)),
];
