import { asksFor } from '../../../domain/notifications/audience';
import type { Delivery } from '../../../domain/notifications/delivery';
import type { Notice } from '../../../domain/notifications/notification';
import { type ToldNowDeps, toldNow } from '../toldNow';
import type { SubjectDeps, Where } from './subjectKind';

/** Until Teams is asked again who is in a place, when it did not say. */
const SOON_MS = 60_000;

/** For what is told where people asked for it. */
export async function subscribedConversation(deps: ToldNowDeps, conversationId: string): Promise<Where> {
  const subscription = await deps.stores.subscriptions.get(conversationId);
  if (!subscription) return { why: 'Nobody asks for it here any more.', because: 'notAsked' };
  const known = await deps.stores.references.get(conversationId);
  if (!known?.value.installed)
    return { until: 'Keyturn was removed from this conversation.', because: 'removed' };
  const verdict = await toldNow(deps, subscription, known);
  if (verdict.told) return { reference: known.value.reference };
  const { why: because, words } = verdict;
  if (because === 'noRole') return { why: words, because };
  return { until: words, because, ...(because === 'notLooked' && { lookMs: SOON_MS }) };
}

/** What is asked for in this conversation by now may be less than when it was handed on. A card that is there is kept up to date all the same. */
export async function stillAsked(
  { stores }: SubjectDeps,
  { conversationId, cardId }: Delivery,
): Promise<(notice: Notice) => boolean> {
  const subscription = cardId === undefined ? await stores.subscriptions.get(conversationId) : undefined;
  return (notice) => !subscription || asksFor(subscription.value, notice);
}
