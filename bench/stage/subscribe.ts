import { DEFAULT_KINDS } from '../../domain/notifications/kindRules';
import type { Stores } from '../../domain/stores/stores';
import { FIRST_ADMIN, personOf, TENANT_ID } from './people';

/** Subscribes a technician to everything but alarms, in a personal chat that Teams has at `serviceUrl`. */
export async function subscribe(
  stores: Pick<Stores, 'subscriptions' | 'references'>,
  number: number,
  serviceUrl: string,
): Promise<void> {
  const { objectId: personId, channelUserId, name } = personOf(number);
  const id = `a:chat-of-${personId}`;
  const reference = {
    serviceUrl,
    channelId: 'msteams',
    conversation: { conversationType: 'personal', tenantId: TENANT_ID, id },
    bot: { id: '28:keyturn-bench', name: 'Keyturn' },
    user: { id: channelUserId, name, aadObjectId: personId },
  };
  await stores.references.insert(id, {
    reference,
    kind: 'personal',
    personId,
    installed: true,
    changedAt: 0,
  });
  await stores.subscriptions.insert(id, {
    scope: 'personal',
    personId,
    customers: 'all',
    kinds: DEFAULT_KINDS.filter((kind) => kind !== 'unexplainedResets'),
    timeZone: 'Europe/Vienna',
    setBy: { id: FIRST_ADMIN, name: 'First admin' },
    changedAt: 0,
  });
}
