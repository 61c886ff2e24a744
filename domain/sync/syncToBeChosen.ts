import type { Customer } from '../customers/customer';
import { office365Label } from '../tenants/office365Label';
import type { TenantDirectory } from '../tenants/ports';
import { tenantOf } from '../tenants/runChecks';
import { asksForSync } from './chooseSync';

/** True when a person must say now how the two directories of a connected customer go together. */
export async function syncToBeChosen(
  { directory }: { directory: Pick<TenantDirectory, 'syncEvidence'> },
  customer: Customer,
): Promise<boolean> {
  if (customer.sync || office365Label(customer.office365).tag === 'connecting') return false;
  return asksForSync(customer, await directory.syncEvidence(tenantOf(customer).tenantId));
}
