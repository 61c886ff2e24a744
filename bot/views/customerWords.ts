import type { Badge } from '../../cards/shared/card';
import { when } from '../../cards/shared/format';
import type { ActiveDirectoryState, Office365State } from '../../domain/customers/customer';
import type { SyncChoice } from '../../domain/sync/syncMode';
import { SYNC_MODE_WORDS } from '../../domain/sync/syncWords';
import { type Office365Label, office365Label } from '../../domain/tenants/office365Label';

const SHORT = 'not chosen';

/** The state of a customer's Active Directory, for its cards. */
export function activeDirectoryBadge(state: ActiveDirectoryState, now: number): Badge {
  switch (state.state) {
    case 'notChosen':
      return { text: SHORT, tone: 'neutral', symbol: '○' };
    case 'waiting':
      return { text: 'waiting for its agent', tone: 'accent', symbol: '…' };
    case 'online':
      return { text: 'online', tone: 'good', symbol: '✓' };
    case 'offline':
      return { text: `offline since ${when(state.since, now)}`, tone: 'attention', symbol: '✗' };
  }
}

const BADGES: Record<Office365Label['tag'], Omit<Badge, 'text'>> = {
  notConnected: { tone: 'neutral', symbol: '○' },
  connecting: { tone: 'accent', symbol: '…' },
  connected: { tone: 'good', symbol: '✓' },
  connectedBut: { tone: 'warning', symbol: '⚠' },
  consentLost: { tone: 'attention', symbol: '✗' },
};

/**
 * The state of a customer's Office 365, for its cards. Green only when every check passed; `asked`: the
 * person whose answer a tenant waits for.
 */
export function office365Badge(state: Office365State, asked?: string): Badge {
  if (asked && state.state !== 'connected')
    return { text: `waiting for ${asked} confirmation`, tone: 'accent', symbol: '…' };
  const { tag, text } = office365Label(state);
  return { text, ...BADGES[tag] };
}

/** How a customer syncs; a few words and a sentence. */
export const syncWords = (sync: SyncChoice | undefined): { title: string; detail: string } =>
  sync
    ? { title: SYNC_MODE_WORDS[sync.mode].title, detail: SYNC_MODE_WORDS[sync.mode].explanation }
    : { title: 'No sync mode', detail: '' };
