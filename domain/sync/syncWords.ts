import type { SyncMode } from './syncMode';

/** The modes in a technician's words. */
export const SYNC_MODE_WORDS: Record<SyncMode, { title: string; explanation: string }> = {
  azureAdConnect: {
    title: 'Azure AD Connect is there',
    explanation:
      'Azure AD Connect carries passwords from Active Directory to Office 365. After each reset seen in Active Directory the agent runs a delta sync. End users come from Active Directory only (Sync from a Single Source); accounts synced from there are not imported from Office 365, which is used for cloud-only privileged accounts.',
  },
  syncActiveDirectoryWithAzureAd: {
    title: 'Sync Active Directory with Azure AD',
    explanation:
      'There is no Azure AD Connect. Keyturn keeps both alike: a reset is written to Active Directory and to Office 365.',
  },
  singleSource: {
    title: 'Sync from a Single Source',
    explanation:
      'There is no Azure AD Connect. Each person’s password is looked after in one place only; the other directory is left alone.',
  },
};

const TAKES_EFFECT: Record<SyncMode, string[]> = {
  azureAdConnect: [
    'End users will come from Active Directory only; those that are synced will no longer be taken from Office 365.',
    'Resets will be written to Active Directory, and Azure AD Connect will carry them to Office 365.',
    'The agent will run a delta sync after each reset it sees.',
  ],
  syncActiveDirectoryWithAzureAd: [
    'Each reset will be written to Active Directory and to Office 365.',
    'People will be matched between the two, and one of the two passwords will be replaced at their next reset.',
  ],
  singleSource: [
    'Each reset will be written to one place only; the other password will stay as it is.',
    'Nothing will be matched between Active Directory and Office 365.',
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
