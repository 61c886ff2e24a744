import type { Arrival, CustomerEvent } from '../events/customerEvent';
import { enqueueOnce } from '../jobs/enqueueJob';
import { createPace } from '../jobs/pace';
import { touchNotice } from '../notifications/touchNotice';
import { change } from '../stores/change';
import type { Needs } from '../stores/core';

export const PROVE_ARRIVAL = 'proveArrival';

export type ArrivalDeps = Needs<'jobs' | 'events' | 'notices', 'clock'>;

/** For one customer, at once and in each hour: a bulk reset stays below this. */
const MOST_ARRIVALS = { most: 5_000, everyMs: 60 * 60_000 };
const TOO_MANY =
  'So many passwords of this customer are reset that Keyturn does not look for each of them in Microsoft 365.';

/**
 * Starts looking in Microsoft 365 for a reset; the same event again changes nothing. When one customer has
 * too many, Keyturn does not look for the further ones, and the card says so.
 */
export function createArrivals(deps: ArrivalDeps, bound = MOST_ARRIVALS) {
  const pace = createPace(bound, () => deps.clock.now());
  return async (eventId: string, customerId: string): Promise<void> => {
    const id = `arrival:${eventId}`;
    if (pace.take(customerId) !== undefined) {
      // Keyturn is already looking for a reset that is told again.
      if (!(await deps.stores.jobs.get(id)))
        await noteArrival(deps, eventId, { state: 'notTracked', finding: TOO_MANY });
      return;
    }
    const written = await enqueueOnce(deps, { id, kind: PROVE_ARRIVAL, input: { eventId }, customerId });
    if (!written) pace.giveBack(customerId);
  };
}

/** Writes the arrival into the event, once, and brings the cards that show it up to date. */
export async function noteArrival(deps: ArrivalDeps, eventId: string, arrival: Arrival): Promise<void> {
  const noted = await change(deps.stores.events, eventId, (event) =>
    'arrival' in event.facts && event.facts.arrival.state === 'checking'
      ? { ...event, facts: { ...event.facts, arrival } }
      : undefined,
  );
  if (noted && 'arrival' in noted.value.facts) await touchArrival(deps, noted.value);
}

/** Brings the cards that show the event up to date. */
export async function touchArrival(
  { stores, clock }: Needs<'notices', 'clock'>,
  { noticeId }: CustomerEvent,
): Promise<void> {
  if (noticeId) await touchNotice({ stores, clock }, noticeId);
}
