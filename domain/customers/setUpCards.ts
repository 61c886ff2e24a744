import type { Delivery, Subject } from '../notifications/delivery';
import { raiseCards } from '../notifications/subjectCards';
import type { Stored } from '../ports';
import { put } from '../stores/change';
import type { Needs } from '../stores/core';
import type { Customer } from './customer';

type Deps = Needs<'deliveries', 'clock'>;
type FollowDeps = Needs<'deliveries' | 'customers', 'clock'>;

/** The card of a customer's set-up in one conversation. */
export interface SetUpCard {
  customerId: string;
  conversationId: string;
  cardId: string;
}

const subjectOf = (id: string): Subject => ({ kind: 'setUp', id });
const deliveryId = ({ customerId, conversationId }: Omit<SetUpCard, 'cardId'>): string =>
  `setUp|${customerId}|${conversationId}`;

/**
 * From now on this card changes when the customer does; an earlier one of this conversation stays as it is.
 * Call it before the card is made, so that no change falls in between.
 */
export async function followSetUp(
  deps: FollowDeps,
  { customerId, conversationId, cardId }: SetUpCard,
): Promise<void> {
  const version = (await deps.stores.customers.get(customerId))?.version ?? 0;
  const now = deps.clock.now();
  const followed: Delivery = {
    ...{ conversationId, customerId, cardId, subject: subjectOf(customerId) },
    ...{ wanted: version, shown: version, state: 'shown', attempts: 0, dueAt: now, createdAt: now },
  };
  await put(deps.stores.deliveries, deliveryId({ customerId, conversationId }), () => followed);
}

/** The card shows a question now: it stays as it is until it is followed again. */
export async function leaveSetUp(
  { stores }: Needs<'deliveries'>,
  card: Omit<SetUpCard, 'cardId'>,
): Promise<void> {
  await stores.deliveries.remove(deliveryId(card));
}

/** The customer changed: the cards of its set-up show it as it is now. */
export const raiseSetUp = (deps: Deps, { id, version }: Stored<Customer>): Promise<void> =>
  raiseCards(deps, subjectOf(id), { wanted: version, digests: false });
