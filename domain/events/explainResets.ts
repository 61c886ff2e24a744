import { activeCustomer } from '../customers/changeCustomer';
import { notFound } from '../errors';
import { noticesOfDigest } from '../notifications/digest';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stores } from '../stores/stores';
import { type ExplainDeps, type ExplainRequest, explainEvents } from './explainEvents';

type Deps = ExplainDeps & Pick<Stores, 'notices' | 'customers'>;

const TOO_OLD = 'This message is too old to be answered. Nothing was changed.';

/**
 * Says of the resets that a notice tells and nobody explained so far that the MSP did them, or that somebody
 * looks into them; of the first `shown` alone, and of an alarm the first `resets`, which are those that the
 * person saw. A repeat changes nothing. Throws notAllowed, and notFound for a notice or customer that is not
 * there any more.
 */
export async function explainResets(
  deps: Deps,
  actor: Actor,
  request: ExplainRequest & { noticeId: string; shown?: number; resets?: number },
): Promise<void> {
  permit(actor, 'resets.explain');
  const notice = await deps.notices.get(request.noticeId);
  if (!notice) throw notFound(TOO_OLD);
  const customer = await activeCustomer(deps.customers, notice.value.customerId);
  const eventIds = notice.value.eventIds.slice(0, request.shown);
  const alsoPrivileged = notice.value.privileged || notice.value.kind === 'unexplainedResets';
  await explainEvents(deps, actor, customer, {
    ...{ ...request, eventIds, alsoPrivileged },
    seenIn: new Set([notice.id]),
  });
}

/**
 * The same for all that a digest tells that was made at `madeAt`, customer by customer; of those that were removed nothing is said. Throws notAllowed, and notFound
 * for what is no digest of this conversation.
 */
export async function explainDigest(
  deps: Deps & Pick<Stores, 'deliveries'>,
  actor: Actor,
  request: ExplainRequest & { digestId: string; conversationId: string; madeAt?: number },
): Promise<void> {
  permit(actor, 'resets.explain');
  const digest = (await deps.deliveries.get(request.digestId))?.value;
  if (!digest?.digest || digest.conversationId !== request.conversationId) throw notFound(TOO_OLD);
  const eventIds = new Map<string, string[]>();
  const seenIn = new Set<string>();
  for await (const notices of noticesOfDigest(deps, digest))
    for (const { id: noticeId, value } of notices) {
      if (value.openedAt > (request.madeAt ?? value.openedAt)) continue;
      const ids = eventIds.get(value.customerId) ?? [];
      ids.push(...value.eventIds);
      seenIn.add(noticeId);
      eventIds.set(value.customerId, ids);
    }
  for (const [customerId, ids] of eventIds) {
    const customer = await deps.customers.get(customerId);
    if (customer?.value.status !== 'active') continue;
    const requestId = `${request.requestId}:${customerId}`;
    await explainEvents(deps, actor, customer, {
      ...request,
      requestId,
      eventIds: ids,
      alsoPrivileged: false,
      seenIn,
    });
  }
}
