import type { Customer } from '../customers/customer';
import { hasFailedChecks, office365Label } from '../tenants/office365Label';
import type { TenantDirectory } from '../tenants/ports';
import { tenantOf } from '../tenants/runChecks';
import { asksForSync } from './chooseSync';

/**
 * True when a person must say now how the two directories of a connected customer go together. A failed test
 * comes first: its card says what to do, and the question follows the next test.
 */
export async function syncToBeChosen(
  { directory }: { directory: Pick<TenantDirectory, 'syncEvidence'> },
  customer: Customer,
): Promise<boolean> {
  const { office365, sync } = customer;
  if (sync || office365Label(office365).tag === 'connecting' || hasFailedChecks(office365)) return false;
  return asksForSync(customer, await directory.syncEvidence(tenantOf(customer).tenantId));
}
