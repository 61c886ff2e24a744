import type { SyncMode } from './syncMode';

/** The modes in a technician's words: `brief` beside the choice, `explanation` after it. */
export const SYNC_MODE_WORDS: Record<SyncMode, { title: string; brief: string; explanation: string }> = {
  azureAdConnect: {
    title: 'Entra Connect syncs passwords',
    brief: 'formerly Azure AD Connect. The agent starts a delta sync after each reset.',
    explanation:
      'Microsoft Entra Connect (formerly Azure AD Connect) carries passwords from Active Directory to Microsoft 365. The agent runs a delta sync after each reset that it sees. End users come from Active Directory only. Keyturn takes only cloud-only privileged accounts from Microsoft 365.',
  },
  syncActiveDirectoryWithAzureAd: {
    title: 'Keyturn writes to both',
    brief: 'each reset, without Entra Connect (Sync Active Directory with Azure AD).',
    explanation:
      'Sync Active Directory with Azure AD. There is no Microsoft Entra Connect. Keyturn writes each reset to Active Directory and to Microsoft 365.',
  },
  singleSource: {
    title: 'One directory only',
    brief: 'each person has one password there, without Entra Connect (Sync from a Single Source).',
    explanation:
      'Sync from a Single Source. There is no Microsoft Entra Connect. Keyturn manages each person’s password in one directory only and does not change the other one.',
  },
};

const TAKES_EFFECT: Record<SyncMode, string[]> = {
  azureAdConnect: [
    'End users will come from Active Directory only. Keyturn will no longer take synced users from Microsoft 365.',
    'Keyturn will write resets to Active Directory, and Microsoft Entra Connect will carry them to Microsoft 365.',
    'The agent will run a delta sync after each reset it sees.',
  ],
  syncActiveDirectoryWithAzureAd: [
    'Keyturn will write each reset to Active Directory and to Microsoft 365.',
    'Keyturn will match people between the two. Their next reset replaces both passwords.',
  ],
  singleSource: [
    'Keyturn will write each reset to one directory only. The other password will stay as it is.',
    'Keyturn will not match people between Active Directory and Microsoft 365.',
  ],
};

/**
 * Says what a choice will do, before it is made; empty when the mode stays the same. Choosing
 * changes no password.
 */
export function whatChanges(from: SyncMode | undefined, to: SyncMode): string[] {
  if (from === to) return [];
  const stops = from === 'azureAdConnect' ? ['The agent will no longer run a delta sync.'] : [];
  return [...TAKES_EFFECT[to], ...stops, 'This choice itself changes no password.'];
}
