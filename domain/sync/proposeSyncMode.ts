import type { SyncEvidence, SyncMode } from './syncMode';

export interface SyncProposal {
  mode: SyncMode;
  /** The evidence in a sentence. */
  because: string;
  confidence: 'high' | 'medium' | 'low';
}

const STALE_MS = 24 * 60 * 60 * 1000;

/**
 * Says what the evidence speaks for. A value that could not be read counts neither way; weaker evidence
 * gives lower confidence.
 */
export function proposeSyncMode(
  evidence: SyncEvidence,
  { hasActiveDirectory }: { hasActiveDirectory: boolean },
): SyncProposal {
  switch (evidence.onPremisesSync) {
    case 'synced':
      return synced(evidence);
    case 'noLonger':
      return notSynced(
        'The tenant was synced with an Active Directory once and is no longer.',
        hasActiveDirectory,
      );
    case 'never':
      return notSynced('The tenant was never synced with an Active Directory.', hasActiveDirectory);
    case 'unknown':
      return unknown(evidence);
  }
}

function synced({ lastDirectorySyncAt, readAt }: SyncEvidence): SyncProposal {
  const mode = 'azureAdConnect';
  if (lastDirectorySyncAt === undefined)
    return { mode, because: 'The tenant says it is synced, but not when it last was.', confidence: 'medium' };
  if (readAt - lastDirectorySyncAt > STALE_MS)
    return {
      mode,
      because:
        'The tenant says it is synced, but its last sync is older than a day: Microsoft Entra Connect may have stopped.',
      confidence: 'low',
    };
  return {
    mode,
    because: 'The tenant is synced with an Active Directory, and was within the last day.',
    confidence: 'high',
  };
}

const notSynced = (because: string, hasActiveDirectory: boolean): SyncProposal =>
  hasActiveDirectory
    ? {
        mode: 'syncActiveDirectoryWithAzureAd',
        because: `${because} A reset has to be written to both.`,
        confidence: 'medium',
      }
    : { mode: 'singleSource', because: `${because} Microsoft 365 is the only source.`, confidence: 'high' };

function unknown({ syncedUsers }: SyncEvidence): SyncProposal {
  if (syncedUsers !== undefined && syncedUsers > 0)
    return {
      mode: 'azureAdConnect',
      because:
        'Whether the tenant is synced could not be read, but some of its users come from an Active Directory.',
      confidence: 'medium',
    };
  return {
    mode: 'singleSource',
    because:
      'Whether the tenant is synced could not be read; this choice writes to one directory only. Please check before you choose.',
    confidence: 'low',
  };
}

/**
 * Says in a sentence what in the evidence speaks against a choice; undefined when nothing that was read does.
 */
export function againstEvidence(
  mode: SyncMode,
  { onPremisesSync, syncedUsers = 0 }: SyncEvidence,
): string | undefined {
  const syncs = onPremisesSync === 'synced' || (onPremisesSync === 'unknown' && syncedUsers > 0);
  if (mode !== 'azureAdConnect' && syncs)
    return 'The tenant says that it is synced: Microsoft Entra Connect writes its passwords, and would overwrite those written to Microsoft 365.';
  if (mode === 'azureAdConnect' && onPremisesSync === 'never')
    return 'The tenant says that it was never synced: there seems to be no Microsoft Entra Connect that would carry a password.';
  if (mode === 'azureAdConnect' && onPremisesSync === 'noLonger')
    return 'The tenant says that it is no longer synced: nothing would carry a password to Microsoft 365.';
  return undefined;
}
