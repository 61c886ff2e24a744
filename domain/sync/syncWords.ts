import type { SyncMode } from './syncMode';

/** The modes in a technician's words. */
export const SYNC_MODE_WORDS: Record<SyncMode, { title: string; explanation: string }> = {
  azureAdConnect: {
    title: 'Entra Connect syncs passwords',
    explanation:
      'Microsoft Entra Connect (formerly Azure AD Connect) carries passwords from Active Directory to Microsoft 365. The agent runs a delta sync after each reset that it sees. End users come from Active Directory only (Sync from a Single Source). Accounts synced from there are not imported from Microsoft 365, which is used for cloud-only privileged accounts.',
  },
  syncActiveDirectoryWithAzureAd: {
    title: 'Keyturn writes to both',
    explanation:
      'Sync Active Directory with Azure AD. There is no Microsoft Entra Connect. Keyturn writes each reset to Active Directory and to Microsoft 365.',
  },
  singleSource: {
    title: 'One directory only',
    explanation:
      'Sync from a Single Source. There is no Microsoft Entra Connect. Keyturn manages each person’s password in one directory only, and leaves the other one alone.',
  },
};

const TAKES_EFFECT: Record<SyncMode, string[]> = {
  azureAdConnect: [
    'End users will come from Active Directory only; those that are synced will no longer be taken from Microsoft 365.',
    'Resets will be written to Active Directory, and Microsoft Entra Connect will carry them to Microsoft 365.',
    'The agent will run a delta sync after each reset it sees.',
  ],
  syncActiveDirectoryWithAzureAd: [
    'Each reset will be written to Active Directory and to Microsoft 365.',
    'People will be matched between the two, and one of the two passwords will be replaced at their next reset.',
  ],
  singleSource: [
    'Each reset will be written to one directory only; the other password will stay as it is.',
    'Nothing will be matched between Active Directory and Microsoft 365.',
  ],
};

/**
 * Says what a choice will do, before it is made; empty when the mode stays the same. Choosing
 * changes no password.
 */
export function whatChanges(from: SyncMode | undefined, to: SyncMode): string[] {
  if (from === to) return [];
  const stops = from === 'azureAdConnect' ? ['The agent will no longer run a delta sync.'] : [];
  return [...TAKES_EFFECT[to], ...stops, 'No password is changed by this choice itself.'];
}
