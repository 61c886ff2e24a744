import type { CustomerEvent } from '../../domain/events/customerEvent';
import type { Delivery } from '../../domain/notifications/delivery';
import { type FanOutDeps, fanOutNotice } from '../../domain/notifications/fanOutNotice';
import { groupedBy } from '../../domain/notifications/groupedBy';
import { groupIntoNotices } from '../../domain/notifications/groupIntoNotices';
import { positionInLine } from '../../domain/notifications/line';
import { raiseAlarms } from '../../domain/notifications/raiseAlarm';
import type { Log, Stored } from '../../domain/ports';
import { type SendDeps, sendDelivery } from './sendDelivery';

export type DispatcherDeps = SendDeps & FanOutDeps;

const LEASE_MS = 60_000;
const EVENTS_AT_ONCE = 200;
/** For one customer: a round is short, so that others' events come soon. */
const EVENTS_OF_ONE = 50;
const NOTICES_AT_ONCE = 20;
const SENDS_AT_ONCE = 40;

/**
 * Brings events to people: it groups events into notices, fans notices out into deliveries, and sends
 * deliveries to Teams. Each row is claimed by lease, so that any number of instances share the work and a
 * dead instance leaves its rows to the others. Resolves to the number of rows when nothing is due any more;
 * after `stopping` is aborted, when running work has ended. Nothing is still running when it throws, either.
 */
export async function dispatch(deps: DispatcherDeps, stopping?: AbortSignal): Promise<number> {
  const sending = new Set<Promise<void>>();
  try {
    return await workThrough(deps, sending, stopping);
  } finally {
    await Promise.allSettled(sending);
  }
}

/** `sending`: the sends under way, one for each conversation. */
async function workThrough(
  deps: DispatcherDeps,
  sending: Set<Promise<void>>,
  stopping?: AbortSignal,
): Promise<number> {
  let worked = 0;
  while (!stopping?.aborted) {
    const done =
      (await eventsOnce(deps)) + (await noticesOnce(deps)) + (await sendsOnce(deps, sending, stopping));
    worked += done;
    if (done > 0) continue;
    if (sending.size === 0) break;
    await Promise.race(sending);
  }
  return worked;
}

async function eventsOnce(deps: DispatcherDeps): Promise<number> {
  const now = deps.clock.now();
  const claimed = await deps.stores.events.claimDue(now, LEASE_MS, EVENTS_AT_ONCE, () => EVENTS_OF_ONE);
  if (claimed.length === 0) return 0;
  const ofCustomers = groupedBy(claimed, ({ value }) => value.customerId);
  await Promise.all([...ofCustomers.values()].map((events) => groupEvents(deps, events)));
  return claimed.length;
}

/** A failure at one customer does not hold up the others; its events are due again when their lease ends. */
async function groupEvents(deps: DispatcherDeps, events: readonly Stored<CustomerEvent>[]): Promise<void> {
  deps.log.debug?.(
    { ...claimOf(deps, events), kinds: events.map(({ value }) => value.facts.kind) },
    'events claimed',
  );
  try {
    await raiseAlarms(deps, events);
    await groupIntoNotices(deps, events);
  } catch (error) {
    const customerId = events[0]?.value.customerId;
    deps.log.error({ err: error, customerId }, 'the events of a customer were not brought on their way');
  }
}

const claimOf = (
  { clock }: DispatcherDeps,
  rows: readonly Stored<{ customerId?: string; dueAt?: number }>[],
) => ({
  ids: rows.map(({ id }) => id),
  customerId: rows[0]?.value.customerId,
  lateMs: Math.max(...rows.map(({ value }) => clock.now() - (value.dueAt ?? clock.now()))),
});

async function noticesOnce(deps: DispatcherDeps): Promise<number> {
  const claimed = await deps.stores.notices.claimDue(deps.clock.now(), LEASE_MS, NOTICES_AT_ONCE);
  await each(deps.log, claimed, (notice) => {
    const { kind, eventIds, revision } = notice.value;
    deps.log.debug?.({ ...claimOf(deps, [notice]), kind, eventIds, revision }, 'notice claimed');
    return fanOutNotice(deps, notice);
  });
  return claimed.length;
}

/**
 * Goes on while half of the sends are under way. Waiting for the last one of each batch would leave send
 * slots unused.
 */
async function sendsOnce(
  deps: DispatcherDeps,
  sending: Set<Promise<void>>,
  stopping?: AbortSignal,
): Promise<number> {
  while (sending.size > SENDS_AT_ONCE / 2) await Promise.race(sending);
  const most = SENDS_AT_ONCE - sending.size;
  const claimed = await deps.stores.deliveries.claimDue(deps.clock.now(), LEASE_MS, most);
  for (const line of linesOf(claimed)) {
    const sent = sendLine(deps, line, stopping).finally(() => sending.delete(sent));
    sending.add(sent);
  }
  return claimed.length;
}

/** Deliveries by conversation, in the order in which they are sent there. */
const linesOf = (claimed: readonly Stored<Delivery>[]): Stored<Delivery>[][] =>
  [...groupedBy(claimed, ({ value }) => value.conversationId).values()].map((line) =>
    line.toSorted((a, b) => inOrder(positionOf(a), positionOf(b))),
  );

const positionOf = ({ value }: Stored<Delivery>): string => positionInLine(value) ?? '';
const inOrder = (a: string, b: string): number => (a < b ? -1 : a > b ? 1 : 0);

/** Sends one after another, because a later card would arrive first when the one before it is held up. */
async function sendLine(deps: DispatcherDeps, line: readonly Stored<Delivery>[], stopping?: AbortSignal) {
  for (const delivery of line) {
    const { conversationId, subject } = delivery.value;
    deps.log.debug?.({ ...claimOf(deps, [delivery]), conversationId, subject }, 'delivery claimed');
    await guarded(deps.log, delivery, (one) => sendDelivery(deps, one, stopping));
  }
}

const each = <T>(log: Log, claimed: readonly Stored<T>[], work: (one: Stored<T>) => Promise<void>) =>
  Promise.all(claimed.map((one) => guarded(log, one, work)));

/** One that fails does not hold up the others; it is due again when its lease ends. */
const guarded = <T>(log: Log, one: Stored<T>, work: (one: Stored<T>) => Promise<void>): Promise<void> =>
  work(one).catch((error) =>
    log.error({ err: error, row: one.id }, 'a notification was not brought on its way'),
  );
