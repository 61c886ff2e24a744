/** How a hybrid customer's passwords go between Active Directory and Office 365. */
export const SYNC_MODES = ['azureAdConnect', 'syncActiveDirectoryWithAzureAd', 'singleSource'] as const;
export type SyncMode = (typeof SYNC_MODES)[number];

/** What the tenant says about its synchronization; every field may be missing, and missing is not 'no'. */
export interface SyncEvidence {
  /** `organization.onPremisesSyncEnabled`: true = synced, false = once synced and no longer, null = never; unknown = not read. */
  onPremisesSync: 'synced' | 'noLonger' | 'never' | 'unknown';
  lastDirectorySyncAt?: number;
  lastPasswordSyncAt?: number;
  domains: string[];
  syncedUsers?: number;
  cloudOnlyUsers?: number;
  readAt: number;
}

export interface SyncChoice {
  mode: SyncMode;
  chosenAt: number;
  chosenBy: { id: string; name: string };
  /** What was proposed from the evidence at the time. */
  proposed?: SyncMode;
  /** Given when the choice went against the evidence. */
  reason?: string;
  evidence?: SyncEvidence;
}
