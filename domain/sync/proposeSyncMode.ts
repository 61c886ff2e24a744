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
        'The tenant synced with an Active Directory once, but no longer does.',
        hasActiveDirectory,
      );
    case 'never':
      return notSynced('The tenant never synced with an Active Directory.', hasActiveDirectory);
    case 'unknown':
      return unknown(evidence);
  }
}

function synced({ lastDirectorySyncAt, readAt }: SyncEvidence): SyncProposal {
  const mode = 'azureAdConnect';
  if (lastDirectorySyncAt === undefined)
    return {
      mode,
      because: 'The tenant says that it syncs, but not when it last did.',
      confidence: 'medium',
    };
  if (readAt - lastDirectorySyncAt > STALE_MS)
    return {
      mode,
      because:
        'The tenant says that it syncs, but its last sync is older than a day: Microsoft Entra Connect may have stopped.',
      confidence: 'low',
    };
  return {
    mode,
    because: 'The tenant synced with an Active Directory within the last day.',
    confidence: 'high',
  };
}

const notSynced = (because: string, hasActiveDirectory: boolean): SyncProposal =>
  hasActiveDirectory
    ? {
        mode: 'syncActiveDirectoryWithAzureAd',
        because: `${because} Keyturn has to write a reset to both.`,
        confidence: 'medium',
      }
    : { mode: 'singleSource', because: `${because} Microsoft 365 is the only source.`, confidence: 'high' };

function unknown({ syncedUsers }: SyncEvidence): SyncProposal {
  if (syncedUsers !== undefined && syncedUsers > 0)
    return {
      mode: 'azureAdConnect',
      because:
        'Keyturn could not read whether the tenant syncs, but some of its users come from an Active Directory.',
      confidence: 'medium',
    };
  return {
    mode: 'singleSource',
    because:
      'Keyturn could not read whether the tenant syncs. This choice writes to one directory only. Please check before you choose.',
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
    return 'The tenant says that it syncs: Microsoft Entra Connect writes its passwords, and would overwrite what Keyturn writes to Microsoft 365.';
  if (mode === 'azureAdConnect' && onPremisesSync === 'never')
    return 'The tenant says that it never synced: no Microsoft Entra Connect seems to be there to carry a password.';
  if (mode === 'azureAdConnect' && onPremisesSync === 'noLonger')
    return 'The tenant says that it no longer syncs: nothing would carry a password to Microsoft 365.';
  return undefined;
}
