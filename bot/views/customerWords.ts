import type { Badge } from '../../cards/shared/card';
import type { ActiveDirectoryState, Customer, Office365State } from '../../domain/customers/customer';
import { standingOf, type Trouble, troubleOf } from '../../domain/customers/standing';
import { SYNC_MODE_WORDS } from '../../domain/sync/syncWords';
import { type Office365Label, office365Label } from '../../domain/tenants/office365Label';

const TROUBLES: Record<Trouble, string> = {
  consentLost: 'Consent lost',
  connection: 'Connection fault',
  agentOffline: 'Agent offline',
  someOffline: 'An agent is offline',
  directory: 'Agent fault',
  connect: 'Sync fault',
};

/** Where a customer stands, for its line in a list. */
export function standingBadge(customer: Customer): Badge {
  const trouble = troubleOf(customer);
  if (trouble) return { text: TROUBLES[trouble], tone: 'attention', symbol: '⚠' };
  if (standingOf(customer) === 'connected') return { text: 'Connected', tone: 'good', symbol: '✓' };
  if (customer.office365.state === 'connecting') return { text: 'Connecting', tone: 'accent', symbol: '…' };
  if (customer.activeDirectory.state === 'waiting')
    return { text: 'No agent yet', tone: 'neutral', symbol: '○' };
  return { text: 'Not set up', tone: 'neutral', symbol: '○' };
}

/** What a customer's card shows below its name: what is connected, and how passwords sync. */
export function customerBadges(customer: Customer, waitsForAnswer: boolean): Badge[] {
  const { activeDirectory, office365, sync } = customer;
  const badges = [
    ...office365Badges(office365, waitsForAnswer),
    ...activeDirectoryBadges(activeDirectory),
    ...(sync ? [{ text: SYNC_MODE_WORDS[sync.mode].title, tone: 'neutral', symbol: '⇄' } as const] : []),
  ];
  return badges.length > 0 ? badges : [{ text: 'Not set up', tone: 'neutral', symbol: '○' }];
}

const OFFICE365: Record<Office365Label['tag'], Badge> = {
  notConnected: { text: 'Microsoft 365 not connected', tone: 'neutral', symbol: '○' },
  connecting: { text: 'Microsoft 365 connecting', tone: 'accent', symbol: '…' },
  connected: { text: 'Microsoft 365 connected', tone: 'good', symbol: '✓' },
  connectedBut: { text: 'Microsoft 365 not complete', tone: 'warning', symbol: '⚠' },
  consentLost: { text: 'Microsoft 365 consent lost', tone: 'attention', symbol: '✗' },
};

/** Green only when every check passed. */
function office365Badges(state: Office365State, waitsForAnswer: boolean): Badge[] {
  if (waitsForAnswer && state.state !== 'connected')
    return [{ text: 'Microsoft 365 waits for an answer', tone: 'accent', symbol: '…' }];
  return state.state === 'notChosen' ? [] : [OFFICE365[office365Label(state).tag]];
}

function activeDirectoryBadges({ state }: ActiveDirectoryState): Badge[] {
  switch (state) {
    case 'notChosen':
      return [];
    case 'waiting':
      return [{ text: 'No AD agent yet', tone: 'neutral', symbol: '○' }];
    case 'online':
      return [{ text: 'AD agent online', tone: 'good', symbol: '✓' }];
    case 'offline':
      return [{ text: 'AD agent offline', tone: 'attention', symbol: '✗' }];
  }
}
