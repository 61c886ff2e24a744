import { listed } from '../../cards/shared/format';
import { dateTime, line, type Text } from '../../cards/shared/time';
import type { SyncEvidence } from '../../domain/sync/syncMode';

const SYNCED: Record<SyncEvidence['onPremisesSync'], string> = {
  synced: 'yes',
  noLonger: 'no longer (it was once)',
  never: 'never was',
  unknown: 'could not be read',
};

/**
 * What the tenant says, point by point. A value that could not be read is named as such, so that it does not
 * look like a no.
 */
export function evidenceRows(evidence: SyncEvidence): { title: string; value: Text }[] {
  const { onPremisesSync, lastDirectorySyncAt, lastPasswordSyncAt, domains, syncedUsers, cloudOnlyUsers } =
    evidence;
  const moment = (at: number | undefined) => (at === undefined ? 'not known' : line`${dateTime(at)}`);
  const users = (count: number | undefined) => count?.toLocaleString('en') ?? 'unknown number';
  return [
    { title: 'Synced with Active Directory', value: SYNCED[onPremisesSync] },
    ...(onPremisesSync === 'never'
      ? []
      : [{ title: 'Last directory sync', value: moment(lastDirectorySyncAt) }]),
    ...(onPremisesSync === 'never'
      ? []
      : [{ title: 'Last password sync', value: moment(lastPasswordSyncAt) }]),
    { title: 'Users', value: `${users(syncedUsers)} synced, ${users(cloudOnlyUsers)} cloud-only` },
    { title: 'Domains', value: listed(domains, 5) || 'not known' },
  ];
}
