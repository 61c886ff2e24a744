import { asksFor } from '../../../domain/notifications/audience';
import type { Delivery } from '../../../domain/notifications/delivery';
import type { Notice } from '../../../domain/notifications/notification';
import { type ToldNowDeps, toldNow } from '../toldNow';
import type { SubjectDeps, Where } from './subjectKind';

/** How soon Teams is asked again about the members of a conversation, when it did not answer. */
const SOON_MS = 60_000;

/** For cards that conversations subscribed to. */
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

/**
 * The conversation may ask for less now than when the notice was fanned out. A card that exists is brought up
 * to date all the same.
 */
export async function stillAsked(
  { stores }: SubjectDeps,
  { conversationId, cardId }: Delivery,
): Promise<(notice: Notice) => boolean> {
  const subscription = cardId === undefined ? await stores.subscriptions.get(conversationId) : undefined;
  return (notice) => !subscription || asksFor(subscription.value, notice);
}
