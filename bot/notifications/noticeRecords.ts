import type { CustomerEvent } from '../../domain/events/customerEvent';
import { belongsTo, type Notice } from '../../domain/notifications/notification';
import type { Stored } from '../../domain/ports';
import type { Needs } from '../../domain/stores/core';

/** What the cards of notices are made from. */
export type RecordDeps = Needs<'notices' | 'events' | 'customers' | 'deliveries', 'clock'>;

/** The events that a notice tells, without those that moved to another card. */
export const eventsOf = async (deps: RecordDeps, notice: Stored<Notice>): Promise<CustomerEvent[]> =>
  (await eventsOfIds(deps, notice.value.eventIds)).filter((event) => belongsTo(notice, event));

export async function eventsOfIds({ stores }: RecordDeps, ids: readonly string[]): Promise<CustomerEvent[]> {
  const found = await Promise.all(ids.map((id) => stores.events.get(id)));
  return found.flatMap((event) => (event ? [event.value] : []));
}

/** The customer's present name; undefined when it was removed, because nothing is told about it then. */
export async function customerName({ stores }: RecordDeps, id: string): Promise<string | undefined> {
  const customer = await stores.customers.get(id);
  return customer?.value.status === 'active' ? customer.value.name : undefined;
}
