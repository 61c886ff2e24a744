import type { SyncEvidence } from '../../domain/sync/syncMode';
import type { Graph } from './graphClient';
import { countCloudOnly, countSynced, domainsOf, type Organization, readOrganization } from './tenantReads';

/**
 * Reads what the tenant says about its synchronization. Values that cannot be read are left out and reported
 * to `unreadable`.
 */
export async function readSyncEvidence(
  client: () => Promise<Graph>,
  unreadable: (error: unknown) => void,
): Promise<SyncEvidence> {
  const attempt = async <T>(read: (client: Graph) => Promise<T>): Promise<T | undefined> => {
    try {
      return await read(await client());
    } catch (error) {
      unreadable(error);
      return undefined;
    }
  };
  const [organization, syncedUsers, cloudOnlyUsers] = await Promise.all([
    attempt(readOrganization),
    attempt(countSynced),
    attempt(countCloudOnly),
  ]);
  return {
    onPremisesSync: meaningOf(organization),
    domains: organization ? domainsOf(organization) : [],
    ...known('lastDirectorySyncAt', momentOf(organization?.onPremisesLastSyncDateTime)),
    ...known('lastPasswordSyncAt', momentOf(organization?.onPremisesLastPasswordSyncDateTime)),
    ...known('syncedUsers', syncedUsers),
    ...known('cloudOnlyUsers', cloudOnlyUsers),
    readAt: Date.now(),
  };
}

/** Throws MicrosoftRefused. */
export const readLastPasswordSync = async (client: Graph): Promise<number | undefined> =>
  momentOf((await readOrganization(client)).onPremisesLastPasswordSyncDateTime);

function meaningOf(organization: Organization | undefined): SyncEvidence['onPremisesSync'] {
  const enabled = organization?.onPremisesSyncEnabled;
  if (enabled === undefined) return 'unknown';
  if (enabled === null) return 'never';
  return enabled ? 'synced' : 'noLonger';
}

/** Undefined for a missing or unreadable time, and for the year 1, which means 'never' in some answers. */
function momentOf(text: string | null | undefined): number | undefined {
  const at = Date.parse(text ?? '');
  return at > 0 ? at : undefined;
}

const known = <K extends string>(key: K, value: number | undefined) =>
  value === undefined ? {} : ({ [key]: value } as Record<K, number>);
