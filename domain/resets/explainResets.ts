import { activeCustomer } from '../customers/changeCustomer';
import { notFound } from '../errors';
import { closeNotices } from '../notifications/closeNotice';
import { noticesOfDigest } from '../notifications/digest';
import type { Notice } from '../notifications/notification';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { type ExplainDeps, type ExplainRequest, explainEvents } from './explainEvents';

type Deps = ExplainDeps & Needs<'notices' | 'customers'>;

const TOO_OLD = 'This message is too old to be answered. Nothing was changed.';

/**
 * Explains the unexplained resets of a notice: the MSP did them, or somebody is looking into them. Only those
 * that the person saw count: the first `shown`, those that joined the full notice up to `joined`, and of an
 * alarm the first `resets`. A repeat changes nothing. Throws notAllowed, and notFound for a notice or
 * customer that no longer exists.
 */
export async function explainResets(
  deps: Deps,
  actor: Actor,
  request: ExplainRequest & { noticeId: string; shown?: number; joined?: number; resets?: number },
): Promise<void> {
  permit(actor, 'resets.explain');
  const notice = await deps.stores.notices.get(request.noticeId);
  if (!notice) throw notFound(TOO_OLD);
  const customer = await activeCustomer(deps.stores.customers, notice.value.customerId);
  const eventIds = notice.value.eventIds.slice(0, request.shown);
  const alsoPrivileged = notice.value.privileged;
  const seenIn = new Set([notice.id]);
  await closeNotices(deps, seenIn);
  await explainEvents(deps, actor, customer, {
    ...{ ...request, eventIds, alsoPrivileged },
    joined: joinedIn(notice, request.joined ?? 0),
    seenIn,
  });
}

const joinedIn = ({ id, value: { joinedUpTo } }: Stored<Notice>, upTo: number) =>
  joinedUpTo === undefined ? [] : [{ noticeId: id, upTo: Math.min(joinedUpTo, upTo) }];

/**
 * The same for all resets that a digest told at `madeAt`, customer by customer, without removed customers.
 * Resets that it told only as failed arrivals are answered on their own cards. Throws notAllowed, and
 * notFound for an id that is no digest of this conversation.
 */
export async function explainDigest(
  deps: Deps & Needs<'deliveries'>,
  actor: Actor,
  request: ExplainRequest & { digestId: string; conversationId: string; madeAt?: number },
): Promise<void> {
  permit(actor, 'resets.explain');
  const digest = (await deps.stores.deliveries.get(request.digestId))?.value;
  if (digest?.subject.kind !== 'digest' || digest.conversationId !== request.conversationId)
    throw notFound(TOO_OLD);
  const madeAt = request.madeAt ?? Number.MAX_SAFE_INTEGER;
  const told = new Map<string, { eventIds: string[]; joined: { noticeId: string; upTo: number }[] }>();
  const seenIn = new Set<string>();
  for await (const notices of noticesOfDigest(deps, digest))
    for (const notice of notices) {
      const { customerId, openedAt, eventIds } = notice.value;
      if (openedAt > madeAt) continue;
      const ofCustomer = told.get(customerId) ?? { eventIds: [], joined: [] };
      ofCustomer.eventIds.push(...eventIds);
      ofCustomer.joined.push(...joinedIn(notice, madeAt));
      seenIn.add(notice.id);
      told.set(customerId, ofCustomer);
    }
  await closeNotices(deps, seenIn);
  for (const [customerId, events] of told) {
    const customer = await deps.stores.customers.get(customerId);
    if (customer?.value.status !== 'active') continue;
    const requestId = `${request.requestId}:${customerId}`;
    await explainEvents(deps, actor, customer, {
      ...request,
      ...events,
      resets: 0,
      requestId,
      alsoPrivileged: false,
      seenIn,
      listedUpTo: request.madeAt,
    });
  }
}
