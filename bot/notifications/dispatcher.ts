import { type HandOnDeps, handOnNotice } from '../../domain/notifications/handOn';
import { handOverEvents } from '../../domain/notifications/handOverEvents';
import { raiseAlarms } from '../../domain/notifications/raiseAlarm';
import type { Log, Stored } from '../../domain/ports';
import { type SendDeps, sendDelivery } from './sendDelivery';

export type DispatcherDeps = SendDeps & HandOnDeps;

const LEASE_MS = 60_000;
const EVENTS_AT_ONCE = 200;
const NOTICES_AT_ONCE = 20;
const SENDS_AT_ONCE = 40;

/**
 * Brings events to people: events to notices, notices to deliveries, deliveries to Teams. Each row is claimed by lease, so that
 * any number of instances share the work and one that dies leaves it to the others. Resolves when nothing is due any more,
 * to how many rows were worked on.
 */
export async function dispatch(deps: DispatcherDeps): Promise<number> {
  let worked = 0;
  for (;;) {
    const done = (await eventsOnce(deps)) + (await noticesOnce(deps)) + (await sendsOnce(deps));
    if (done === 0) return worked;
    worked += done;
  }
}

async function eventsOnce(deps: DispatcherDeps): Promise<number> {
  const claimed = await deps.stores.events.claimDue(deps.clock.now(), LEASE_MS, EVENTS_AT_ONCE);
  if (claimed.length === 0) return 0;
  await handOverEvents({ ...deps.stores, clock: deps.clock }, claimed);
  await raiseAlarms({ ...deps.stores, clock: deps.clock }, claimed);
  return claimed.length;
}

async function noticesOnce(deps: DispatcherDeps): Promise<number> {
  const claimed = await deps.stores.notices.claimDue(deps.clock.now(), LEASE_MS, NOTICES_AT_ONCE);
  await each(deps.log, claimed, (notice) => handOnNotice(deps, notice));
  return claimed.length;
}

async function sendsOnce(deps: DispatcherDeps): Promise<number> {
  const claimed = await deps.stores.deliveries.claimDue(deps.clock.now(), LEASE_MS, SENDS_AT_ONCE);
  await each(deps.log, claimed, (delivery) => sendDelivery(deps, delivery));
  return claimed.length;
}

/** One that fails does not hold up the others; it is due again when its lease ends. */
async function each<T>(
  log: Log,
  claimed: readonly Stored<T>[],
  work: (one: Stored<T>) => Promise<void>,
): Promise<void> {
  await Promise.all(
    claimed.map((one) =>
      work(one).catch((error) =>
        log.error({ err: error, row: one.id }, 'a notification was not brought on its way'),
      ),
    ),
  );
}
