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
  const sending = new Set<Promise<void>>();
  let worked = 0;
  for (;;) {
    const done = (await eventsOnce(deps)) + (await noticesOnce(deps)) + (await sendsOnce(deps, sending));
    worked += done;
    if (done > 0) continue;
    if (sending.size === 0) return worked;
    await Promise.race(sending);
  }
}

async function eventsOnce(deps: DispatcherDeps): Promise<number> {
  const claimed = await deps.stores.events.claimDue(deps.clock.now(), LEASE_MS, EVENTS_AT_ONCE);
  if (claimed.length === 0) return 0;
  await raiseAlarms({ ...deps.stores, clock: deps.clock }, claimed);
  await handOverEvents({ ...deps.stores, clock: deps.clock }, claimed);
  return claimed.length;
}

async function noticesOnce(deps: DispatcherDeps): Promise<number> {
  const claimed = await deps.stores.notices.claimDue(deps.clock.now(), LEASE_MS, NOTICES_AT_ONCE);
  await each(deps.log, claimed, (notice) => handOnNotice(deps, notice));
  return claimed.length;
}

/** Goes on while half of them are on their way: waiting for the last one of each lot would leave places in time unused. */
async function sendsOnce(deps: DispatcherDeps, sending: Set<Promise<void>>): Promise<number> {
  while (sending.size > SENDS_AT_ONCE / 2) await Promise.race(sending);
  const most = SENDS_AT_ONCE - sending.size;
  const claimed = await deps.stores.deliveries.claimDue(deps.clock.now(), LEASE_MS, most);
  for (const delivery of claimed) {
    const sent = guarded(deps.log, delivery, (one) => sendDelivery(deps, one)).finally(() =>
      sending.delete(sent),
    );
    sending.add(sent);
  }
  return claimed.length;
}

const each = <T>(log: Log, claimed: readonly Stored<T>[], work: (one: Stored<T>) => Promise<void>) =>
  Promise.all(claimed.map((one) => guarded(log, one, work)));

/** One that fails does not hold up the others; it is due again when its lease ends. */
const guarded = <T>(log: Log, one: Stored<T>, work: (one: Stored<T>) => Promise<void>): Promise<void> =>
  work(one).catch((error) =>
    log.error({ err: error, row: one.id }, 'a notification was not brought on its way'),
  );
