import { audited } from '../audit/recordAudit';
import { notFound } from '../errors';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import { change } from '../stores/change';
import type { Needs } from '../stores/core';
import { unlessChanged } from '../stores/retried';
import { releaseHeld } from './held';
import type { Subscription } from './notification';

/** How long an admin can take over a conversation that nobody answers for; then it ends. */
export const ORPHANED_MS = 7 * 24 * 60 * 60_000;

type Deps = Needs<'subscriptions' | 'audit' | 'deliveries', 'clock'>;

/**
 * From now on this admin answers for what a shared conversation is told; held messages are sent. Throws
 * notAllowed, notFound.
 */
export async function takeOver(
  deps: Deps,
  actor: Actor,
  request: { conversationId: string; requestId: string },
): Promise<void> {
  const { known, said } = await managed(deps, actor, request.conversationId);
  const entry = { action: 'notify.set', ...said, after: actor.name } as const;
  const takenOver = ({ orphanedAt: _since, ...rest }: Subscription): Subscription => ({
    ...rest,
    setBy: { id: actor.id, name: actor.name },
    changedAt: deps.clock.now(),
  });
  await audited(deps, actor, request.requestId, entry, () =>
    change(deps.stores.subscriptions, known, takenOver, { gone: conversationGone }),
  );
  await releaseHeld(deps, request.conversationId);
}

/** Ends what a shared conversation is told. Throws notAllowed, notFound. */
export async function endShared(
  deps: Deps,
  actor: Actor,
  request: { conversationId: string; requestId: string },
): Promise<void> {
  const { said } = await managed(deps, actor, request.conversationId);
  const entry = { action: 'notify.stop', ...said } as const;
  await audited(deps, actor, request.requestId, entry, async () => {
    await deps.stores.subscriptions.remove(request.conversationId);
  });
}

/** Notes since when nobody answers for the conversation; resolves to that moment. */
export async function noteOrphaned(
  { stores: { subscriptions }, clock }: Needs<'subscriptions', 'clock'>,
  known: Stored<Subscription>,
): Promise<number> {
  if (known.value.orphanedAt !== undefined) return known.value.orphanedAt;
  const orphanedAt = clock.now();
  // Somebody may change it at this moment, for example an admin who takes it over.
  await unlessChanged(subscriptions.replace(known, { ...known.value, orphanedAt }));
  return orphanedAt;
}

/** A shared conversation that an admin wants to change, and the words for the audit. */
async function managed({ stores: { subscriptions } }: Deps, actor: Actor, conversationId: string) {
  permit(actor, 'notifications.manage');
  const known = await subscriptions.get(conversationId);
  if (!known || known.value.scope === 'personal') throw conversationGone();
  return { known, said: { target: conversationName(known.value), before: known.value.setBy.name } };
}

const conversationGone = () => notFound('That conversation gets no alerts any more.');

const conversationName = ({ scope }: Subscription): string =>
  scope === 'channel' ? 'a channel' : 'a group chat';
