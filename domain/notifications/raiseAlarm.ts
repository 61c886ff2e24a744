import { DuplicateKey } from '../errors';
import type { CustomerEvent, EventFacts } from '../events/customerEvent';
import type { Clock, Store, Stored } from '../ports';
import { dueFrom } from './audience';

/** So many resets that nobody explained, made within so long, are an alarm; one alarm in half an hour. */
const BURST = { resets: 5, withinMs: 10 * 60_000, quietMs: 30 * 60_000 };
const NAMED = 10;
/** Of resets that are hardly ever more than BURST.withinMs apart, so many hold a burst in any case. */
const READ = 1000;

interface AlarmDeps {
  events: Store<CustomerEvent>;
  clock: Clock;
}

type ResetFacts = Extract<EventFacts, { reset: unknown }>;

/**
 * Raises one alarm for customers of these events at which many unexplained resets were made within minutes. It is their own time that
 * counts, not when they were told: many that are found late are a burst only when they were made as one. Safe to repeat, and done before the
 * events are handed over: who dies in between is followed by somebody who finds them due.
 */
export async function raiseAlarms(deps: AlarmDeps, claimed: readonly Stored<CustomerEvent>[]): Promise<void> {
  const madeAt = new Map<string, number[]>();
  for (const { value } of claimed)
    if (isNew(value)) madeAt.set(value.customerId, [...(madeAt.get(value.customerId) ?? []), value.at]);
  for (const [customerId, times] of madeAt) await raiseFor(deps, customerId, times);
}

/** One that stands in a notice is due again because it changed: its burst was told. */
const isNew = ({ facts, noticeId }: CustomerEvent): boolean =>
  noticeId === undefined && 'explanation' in facts && facts.explanation.state === 'unexplained';

async function raiseFor(deps: AlarmDeps, customerId: string, times: readonly number[]): Promise<void> {
  const now = deps.clock.now();
  // Looked at first: in a burst that was told already there are many resets to read, and nothing to say.
  if (await alarmed(deps, customerId, now)) return;
  for (const { from, to } of spansOf(times)) {
    const { items } = await deps.events.list({
      where: { customerId, explanation: 'unexplained' },
      range: { key: 'at', from: from - BURST.withinMs, to: to + BURST.withinMs + 1 },
      sort: { key: 'at' },
      limit: READ,
    });
    const burst = densest(items);
    if (burst.length >= BURST.resets) return raise(deps, customerId, burst);
  }
}

/** The times in which there may be a burst with one of these: those that are near to each other are read together. */
function spansOf(times: readonly number[]): { from: number; to: number }[] {
  const spans: { from: number; to: number }[] = [];
  for (const at of times.toSorted((a, b) => a - b)) {
    const last = spans.at(-1);
    if (last && at - last.to <= BURST.withinMs) last.to = at;
    else spans.push({ from: at, to: at });
  }
  return spans;
}

/** As many as were made within BURST.withinMs; `resets` in the order in which they were made. */
function densest(resets: readonly Stored<CustomerEvent>[]): readonly Stored<CustomerEvent>[] {
  let best: readonly Stored<CustomerEvent>[] = [];
  let first = 0;
  for (const [last, { value }] of resets.entries()) {
    while ((resets[first]?.value.at ?? value.at) < value.at - BURST.withinMs) first++;
    if (last + 1 - first > best.length) best = resets.slice(first, last + 1);
  }
  return best;
}

async function raise(
  deps: AlarmDeps,
  customerId: string,
  resets: readonly Stored<CustomerEvent>[],
): Promise<void> {
  const now = deps.clock.now();
  const accounts = resets.flatMap(({ value: { facts } }) => ('reset' in facts ? [accountOf(facts)] : []));
  const facts = {
    kind: 'unexplainedResets' as const,
    eventIds: resets.map(({ id }) => id),
    accounts: [...new Set(accounts)].slice(0, NAMED),
    ...(resets[0] && { from: resets[0].value.at }),
  };
  const privileged = resets.some(({ value }) => value.privileged);
  try {
    await deps.events.insert(`unexplained|${customerId}|${Math.floor(now / BURST.quietMs)}`, {
      customerId,
      at: now,
      toldAt: now,
      privileged,
      facts,
      dueAt: dueFrom({ kind: facts.kind, privileged }, now),
    });
  } catch (error) {
    if (!(error instanceof DuplicateKey)) throw error;
  }
}

const accountOf = ({ reset: { user } }: ResetFacts): string => user.displayName || user.samAccountName;

async function alarmed(deps: AlarmDeps, customerId: string, now: number): Promise<boolean> {
  const where = { customerId, kind: 'unexplainedResets' };
  return (await deps.events.count({ where, range: { key: 'toldAt', from: now - BURST.quietMs } })) > 0;
}
