/** How a hybrid customer's passwords go between Active Directory and Microsoft 365. */
export const SYNC_MODES = ['azureAdConnect', 'syncActiveDirectoryWithAzureAd', 'singleSource'] as const;
export type SyncMode = (typeof SYNC_MODES)[number];

/** What the tenant says about its synchronization; every field may be missing, and missing is not 'no'. */
export interface SyncEvidence {
  /**
   * From `organization.onPremisesSyncEnabled`: true = synced, false = no longer synced, null = never; unknown
   * = not read.
   */
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
  /** The mode that the bot proposed from the evidence at that time. */
  proposed?: SyncMode;
  /** Present when the choice went against the evidence. */
  reason?: string;
  evidence?: SyncEvidence;
}
