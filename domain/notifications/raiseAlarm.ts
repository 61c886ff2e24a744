import { type CustomerEvent, eventNow } from '../events/customerEvent';
import type { Stored } from '../ports';
import { retried } from '../stores/retried';
import { dueFrom } from './audience';
import { groupedBy } from './groupedBy';
import { type AlarmDeps, alarmFacts, BURST, growAlarm, standingAlarms } from './growAlarm';

/** Resets that are seldom more than BURST.withinMs apart: this many contain a burst in any case. */
const READ = 1000;

/**
 * Raises an alarm for customers with many unexplained resets within minutes, or lets a standing alarm grow.
 * The time of the resets counts, not the time when they were told: resets that were found late are a burst
 * only when they were made together. Safe to repeat. It runs before the events are grouped into notices: when
 * an instance dies in between, the events are still due for another one.
 */
export async function raiseAlarms(deps: AlarmDeps, claimed: readonly Stored<CustomerEvent>[]): Promise<void> {
  const fresh = groupedBy(
    claimed.filter(({ value }) => isNew(value)),
    ({ value }) => value.customerId,
  );
  for (const [customerId, resets] of fresh) await raiseFor(deps, customerId, resets);
}

/** An event that already has a notice is due again because it changed; its burst was told before. */
const isNew = ({ facts, noticeId }: CustomerEvent): boolean =>
  noticeId === undefined && 'explanation' in facts && facts.explanation.state === 'unexplained';

/**
 * Runs again when another instance raised or changed the alarm in between; that alarm then owns its own
 * resets.
 */
const raiseFor = (
  deps: AlarmDeps,
  customerId: string,
  fresh: readonly Stored<CustomerEvent>[],
): Promise<void> =>
  retried(async () => {
    const standing = await standingAlarms(deps, customerId);
    if (standing.length > 0) await growAlarm(deps, standing, fresh);
    else await raise(deps, customerId, fresh);
  });

async function raise(
  deps: AlarmDeps,
  customerId: string,
  fresh: readonly Stored<CustomerEvent>[],
): Promise<void> {
  for (const { from, to } of spansOf(fresh.map(({ value }) => value.at))) {
    const { items } = await deps.stores.events.list({
      where: { customerId, explanation: 'unexplained' },
      range: { key: 'at', from: from - BURST.withinMs, to: to + BURST.withinMs + 1 },
      sort: { key: 'at' },
      limit: READ,
    });
    const burst = densest(items);
    if (burst.length >= BURST.resets) return insert(deps, customerId, burst);
  }
}

/**
 * The spans of time in which these resets may be part of a burst. Spans that are close together are read
 * together.
 */
function spansOf(times: readonly number[]): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  for (const at of times.toSorted((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last && at - last.to <= BURST.withinMs) last.to = at;
    else spans.push({ from: at, to: at });
  }
  return spans;
}

/**
 * The most resets that were made within BURST.withinMs; `resets` are in the order in which they were made.
 */
function densest(resets: readonly Stored<CustomerEvent>[]): readonly Stored<CustomerEvent>[] {
  let best: readonly Stored<CustomerEvent>[] = [];
  let first = 0;
  for (const [last, { value }] of resets.entries()) {
    while ((resets[first]?.value.at ?? value.at) < value.at - BURST.withinMs) first++;
    if (last + 1 - first > best.length) best = resets.slice(first, last + 1);
  }
  return best;
}

async function insert(
  { stores: { events }, clock }: AlarmDeps,
  customerId: string,
  resets: readonly Stored<CustomerEvent>[],
): Promise<void> {
  const now = clock.now();
  const facts = alarmFacts(undefined, resets, resets.length);
  const privileged = resets.some(({ value }) => value.privileged);
  const dueAt = dueFrom({ kind: facts.kind, privileged }, now);
  const id = `unexplained|${customerId}|${Math.floor(now / BURST.quietMs)}`;
  await events.insert(id, eventNow(customerId, facts, now, { privileged, dueAt }));
}
