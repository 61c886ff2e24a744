import { type CustomerEvent, type EventFacts, eventNow } from '../events/customerEvent';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { dueFrom } from './audience';

/**
 * This many unexplained resets within this time raise an alarm. The alarm stands for half an hour, and grows
 * meanwhile.
 */
export const BURST = { resets: 5, withinMs: 10 * 60_000, quietMs: 30 * 60_000 };
const NAMED = 10;
/** An alarm lists this many resets and counts the others. */
const LISTED = 500;
/** When an alarm has this many times the resets of its last message, it is told in a new message. */
const WORSE = 10;
/** For one customer in half an hour; after that the last alarm grows, whatever happens. */
const MOST_ALARMS = 6;

export type AlarmDeps = Needs<'events', 'clock'>;

type AlarmFacts = Extract<EventFacts, { kind: 'unexplainedResets' }>;
type Resets = readonly Stored<CustomerEvent>[];
type Alarm = Stored<CustomerEvent> & { value: { facts: AlarmFacts } };

/** This customer's alarms within BURST.quietMs, the last one first. */
export async function standingAlarms(
  { stores: { events }, clock }: AlarmDeps,
  customerId: string,
): Promise<Alarm[]> {
  const { items } = await events.list({
    where: { customerId, kind: 'unexplainedResets' },
    range: { key: 'toldAt', from: clock.now() - BURST.quietMs },
    sort: { key: 'toldAt', descending: true },
    limit: MOST_ALARMS,
  });
  return items.filter((event): event is Alarm => event.value.facts.kind === 'unexplainedResets');
}

/**
 * Adds further resets to the last alarm and brings its card up to date. A privileged account, also one that
 * the alarm lists as ordinary, ten times as many resets as the alarm first told, or any reset after people
 * answered all of the alarm, raise a new alarm. The caller tries again when somebody else was faster. A
 * repeat changes nothing.
 */
export async function growAlarm(
  { stores: { events }, clock }: AlarmDeps,
  standing: readonly Alarm[],
  fresh: Resets,
): Promise<void> {
  const [last] = standing;
  if (!last) return;
  const { value } = last;
  const { facts } = value;
  const since = (facts.from ?? value.at) - BURST.withinMs;
  const known = new Set(facts.eventIds);
  const isNews = ({ id, value: reset }: Stored<CustomerEvent>) =>
    !known.has(id) || (reset.privileged && !value.privileged);
  const more = fresh.filter((reset) => reset.value.at >= since && isNews(reset));
  if (more.length === 0) return;
  const now = clock.now();
  const count = await events.count({
    where: { customerId: value.customerId, explanation: 'unexplained' },
    range: { key: 'at', from: since, to: now + BURST.withinMs },
  });
  const grown = alarmFacts(facts, more, count);
  const privileged = more.some((reset) => reset.value.privileged);
  // Nothing that the alarm told before is still unexplained: people answered it.
  const isAnswered = count <= more.length;
  const worse =
    privileged || isAnswered || countOf(grown) >= WORSE * (facts.raisedWith ?? facts.eventIds.length);
  if (!worse || standing.length >= MOST_ALARMS)
    return void (await events.replace(last, { ...value, facts: grown, dueAt: now }));
  const told = { ...grown, raisedWith: countOf(grown) };
  const due = {
    privileged: privileged || value.privileged,
    dueAt: dueFrom({ kind: grown.kind, privileged }, now),
  };
  // The last alarm is the one with the latest time, although the clocks of instances differ.
  const toldAt = Math.max(now, value.toldAt + 1);
  await events.insert(`${last.id}+`, eventNow(value.customerId, told, toldAt, due));
}

export const countOf = ({ count, eventIds }: Pick<AlarmFacts, 'count' | 'eventIds'>): number =>
  Math.max(count ?? 0, eventIds.length);

/**
 * What an alarm tells with these resets added; `count`: how many resets it has in all, named or not.
 * Privileged accounts are named first.
 */
export function alarmFacts(before: AlarmFacts | undefined, more: Resets, count: number): AlarmFacts {
  const ids = new Set([...(before?.eventIds ?? []), ...more.map(({ id }) => id)]);
  const eventIds = [...ids].slice(0, LISTED);
  const privileged = namesOf(
    before?.privileged ?? [],
    more.filter(({ value }) => value.privileged),
  );
  const times = more.map(({ value }) => value.at);
  const from = Math.min(before?.from ?? Number.POSITIVE_INFINITY, ...times);
  const told = { eventIds, count: Math.max(count, before ? countOf(before) : 0) };
  return {
    kind: 'unexplainedResets',
    eventIds,
    accounts: namesOf([...privileged, ...(before?.accounts ?? [])], more),
    ...(privileged.length > 0 && { privileged }),
    count: countOf(told),
    raisedWith: before ? (before.raisedWith ?? before.eventIds.length) : countOf(told),
    from,
    to: Math.max(before?.to ?? 0, ...times),
  };
}

const namesOf = (before: readonly string[], resets: Resets): string[] => {
  const accounts = resets.flatMap(({ value: { facts } }) => {
    if (!('reset' in facts)) return [];
    const { displayName, samAccountName } = facts.reset.user;
    return displayName || samAccountName;
  });
  return [...new Set([...before, ...accounts])].slice(0, NAMED);
};
