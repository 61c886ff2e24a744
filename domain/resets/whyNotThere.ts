import type { ConnectHealth } from '../agentProtocol/health';
import type { CloudPasswordState } from '../tenants/ports';
import { ROUNDED_MS } from './arrival';
import { STAGING, standsBy } from './connectStates';

/** What Keyturn knows when it looked for a password and did not find it. */
export interface Circumstances {
  /** What the last look found. */
  cloud: CloudPasswordState;
  mustChange: boolean;
  /** When the reset happened. */
  since: number;
  /** The states of Entra Connect on this customer's online agents. */
  connect: ConnectHealth['state'][];
  /** The tenant's last password sync, when Microsoft tells it. */
  lastPasswordSyncAt?: number;
}

const CONNECT = {
  scope: 'Check the sync scope of Entra Connect.',
  stale: 'Look at the events 611 and 652 on the server of Entra Connect.',
  none: 'Look at the events 656, 657 and 611 (source Directory Synchronization) on the server of Entra Connect.',
};
const CLOUD_SYNC: typeof CONNECT = {
  scope: 'Check the scope of Cloud Sync in Entra.',
  stale:
    'Look in Entra, under Cloud Sync, whether it is in quarantine, and on its server whether the service AADConnectProvisioningAgent runs.',
  none: 'Look at the provisioning logs of Cloud Sync in Entra.',
};
/** The likeliest reason and what to do; never more than Keyturn found. */
export function whyNotThere({
  cloud,
  mustChange,
  since,
  connect,
  lastPasswordSyncAt,
}: Circumstances): string {
  const look = isCloudSync(connect) ? CLOUD_SYNC : CONNECT;
  if (!cloud.found)
    return `No account in Microsoft 365 belongs to this account: it is not synced. ${look.scope}`;
  if (cloud.synced !== true)
    return 'The account in Microsoft 365 is not synced from Active Directory, so its password there is another one. Reset it in Microsoft 365 as well.';
  if (mustChange)
    return 'It must be changed at the next sign-in. Such passwords sync only with the tenant feature ForcePasswordChangeOnLogOn. Until then the old password works in Microsoft 365.';
  const stale = lastPasswordSyncAt !== undefined && lastPasswordSyncAt < since - ROUNDED_MS;
  const told = stale ? 'No password sync reached Microsoft after the reset. ' : '';
  if (standsBy(connect) && (stale || lastPasswordSyncAt === undefined)) return `${told}${STAGING}`;
  return stale ? `${told}${look.stale}` : `No reason was found. ${look.none}`;
}

/** True when an agent sees Cloud Sync and none sees Entra Connect. */
const isCloudSync = (connect: Circumstances['connect']): boolean =>
  connect.includes('cloudSync') &&
  connect.every((state) => state === 'cloudSync' || state === 'notInstalled');
