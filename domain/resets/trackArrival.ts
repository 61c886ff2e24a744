import { type Arrival, type CustomerEvent, type EventFacts, eventNow } from '../events/customerEvent';
import { eventIdOf } from '../events/eventId';
import { recordEvent } from '../events/recordEvent';
import { enqueueOnce } from '../jobs/enqueueJob';
import { createPace } from '../jobs/pace';
import { dueFrom } from '../notifications/audience';
import { touchNotice } from '../notifications/touchNotice';
import type { Stored } from '../ports';
import { change } from '../stores/change';
import type { Needs } from '../stores/core';

export const PROVE_ARRIVAL = 'proveArrival';

export type ArrivalDeps = Needs<'jobs' | 'events' | 'notices', 'clock'>;

/** For one customer, at once and in each hour: a bulk reset stays below this. */
const MOST_ARRIVALS = { most: 5_000, everyMs: 60 * 60_000 };
const TOO_MANY = 'This customer has too many resets: Keyturn does not check each of them in Microsoft 365.';

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

/** Writes the arrival into the event, once, and tells people. */
export async function noteArrival(deps: ArrivalDeps, eventId: string, arrival: Arrival): Promise<void> {
  const noted = await change(deps.stores.events, eventId, (event) => {
    if (!('arrival' in event.facts) || event.facts.arrival.state !== 'checking') return undefined;
    const { foretold } = event.facts.arrival;
    return { ...event, facts: { ...event.facts, arrival: { ...arrival, ...(foretold && { foretold }) } } };
  });
  if (noted) await tellArrival(deps, noted);
}

/**
 * Brings the cards that show the reset up to date. A failure also becomes an event of its own, because an
 * edit of a card raises no alert. Safe to repeat, by any instance.
 */
export async function tellArrival(
  deps: Needs<'events' | 'notices', 'clock'>,
  { id, value }: Stored<CustomerEvent>,
): Promise<void> {
  const facts = failureOf(id, value);
  if (facts) {
    const { customerId, privileged } = value;
    const now = deps.clock.now();
    const due = { privileged, dueAt: dueFrom({ kind: facts.kind, privileged }, now) };
    await recordEvent(deps, failedArrivalId(id), eventNow(customerId, facts, now, due));
  }
  if (value.noticeId) await touchNotice(deps, value.noticeId);
}

/** The id of the event that tells that this reset did not arrive. */
export const failedArrivalId = (resetId: string): string => eventIdOf('arrivalFailed', resetId);

/** Undefined also where the first card of the reset said that it would not arrive. */
function failureOf(eventId: string, { facts }: CustomerEvent): EventFacts | undefined {
  if (!('arrival' in facts) || facts.arrival.foretold) return undefined;
  const { state } = facts.arrival;
  const { user } = facts.reset;
  if (state !== 'notThere' && state !== 'notKnown') return undefined;
  return { kind: 'arrivalFailed', eventId, account: user.displayName || user.samAccountName, state };
}
