import { oneByOne } from '../../domain/jobs/oneByOne';
import { noteOrphaned, ORPHANED_MS } from '../../domain/notifications/sharedConversation';
import { unsubscribe } from '../../domain/notifications/subscribe';
import { forgetPerson } from '../../domain/people/forgetPerson';
import { roleHolders } from '../../domain/people/roleHolders';
import { pages } from '../../domain/stores/pages';
import type { AppDeps } from '../appDeps';
import { type ToldNowDeps, toldNow } from './toldNow';

const PAGE = 200;

/**
 * Looks at every conversation that asked to be told, at most once a day each: at its members, and whether
 * somebody answers for it. When nobody does, an admin is asked; a conversation that nobody takes over ends.
 * Chats of people without a role are forgotten. Safe on several instances.
 */
export async function watchConversations(deps: ToldNowDeps & AppDeps): Promise<void> {
  const readers = await roleHolders(deps, 'customers.read');
  for await (const page of pages(deps.stores.subscriptions, { limit: PAGE }))
    await oneByOne(page, async (subscription) => {
      const { scope, personId } = subscription.value;
      if (scope !== 'personal') await watchShared(deps, subscription);
      else if (personId && !readers.has(personId)) await forgetPerson(deps, personId);
    });
}

type Listed = Awaited<ReturnType<AppDeps['stores']['subscriptions']['list']>>['items'][number];

async function watchShared(deps: ToldNowDeps & AppDeps, subscription: Listed): Promise<void> {
  const known = await deps.stores.references.get(subscription.id);
  if (!known?.value.installed) return;
  const verdict = await toldNow(deps, subscription, known);
  if (verdict.told || verdict.why !== 'setter') return;
  const since = await noteOrphaned(deps, subscription);
  if (since + ORPHANED_MS > deps.clock.now()) return;
  const { scope } = subscription.value;
  const requestId = `orphaned:${since}:${subscription.id}`;
  await unsubscribe(deps, KEYTURN, { conversationId: subscription.id, scope }, { requestId });
}

/** No person did it: it ended by itself. */
const KEYTURN = {
  id: 'keyturn',
  name: 'Keyturn',
  permissions: new Set(['notifications.manage'] as const),
  conversationId: '',
};
