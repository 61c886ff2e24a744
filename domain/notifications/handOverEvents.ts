import type { CustomerEvent } from '../events/customerEvent';
import { eventIdOf } from '../events/eventId';
import type { Clock, Stored } from '../ports';
import { retried, unlessChanged } from '../stores/retried';
import type { Stores } from '../stores/stores';
import { dueFrom } from './audience';
import { CROWD, MOST_EVENTS, NOTICE_MS, type Notice } from './notification';
import { raised, touchNotice } from './touchNotice';

interface HandOverDeps extends Pick<Stores, 'events' | 'notices'> {
  clock: Clock;
}

/** Each fills a notice or begins one; what is left then stays due. */
const ROUNDS = 8;
/** How far back an event may already stand in a notice, without having been marked so. */
const LOOK_BACK_MS = 60 * 60_000;

/**
 * Gives claimed events to their notices: the open one of their customer and kind, else a new one. Safe to repeat at
 * any point: an event that stands in a notice already only gets its mark, and the cards of that notice are brought up to date, for it may
 * have changed while nobody knew where it stands. Throws conflict when others change the notice all the time: its events stay due.
 */
export async function handOverEvents(
  deps: HandOverDeps,
  claimed: readonly Stored<CustomerEvent>[],
): Promise<void> {
  const groups = new Map<string, Stored<CustomerEvent>[]>();
  for (const event of claimed) {
    const key = groupOf(event);
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  for (const group of groups.values()) await handOverGroup(deps, group);
}

const groupOf = ({ id, value: { customerId, facts, privileged } }: Stored<CustomerEvent>) =>
  [customerId, facts.kind, privileged, isAlone(facts.kind) ? id : ''].join('|');

/** An alarm has a card of its own, also beside another one: it is a new message. */
const isAlone = (kind: Notice['kind']): boolean => kind === 'unexplainedResets';

async function handOverGroup(deps: HandOverDeps, group: readonly Stored<CustomerEvent>[]): Promise<void> {
  let left = group;
  for (let rounds = 0; rounds < ROUNDS && left.length > 0; rounds++) {
    const { standing, put } = await retried(() => joined(deps, left));
    const moved = left.flatMap(({ value }) => value.movedFrom ?? []);
    for (const noticeId of new Set([...standing.values(), ...moved])) await touchNotice(deps, noticeId);
    const noticeOf = new Map([...standing, ...put]);
    await Promise.all(left.map((event) => mark(deps, event, noticeOf.get(event.id))));
    left = left.filter(({ id }) => !noticeOf.has(id));
  }
}

/** The notices of events, by the ids of the events: of those that stood in one already, and of those that were put into one just now. */
interface Joined {
  standing: Map<string, string>;
  put: Map<string, string>;
}

/**
 * Puts those into a notice that are in none, as many as one notice takes. To be tried again when somebody else was
 * faster.
 */
async function joined(deps: HandOverDeps, group: readonly Stored<CustomerEvent>[]): Promise<Joined> {
  const recent = await recentNotices(deps, group);
  const standing = standingOf(group, recent);
  const put = new Map<string, string>();
  const fresh = group.filter(({ id }) => !standing.has(id)).toSorted((a, b) => a.value.at - b.value.at);
  const open = recent.find(({ value }) => value.open && !isAlone(value.kind));
  const isLeft = fresh.some(({ value }) => value.movedFrom !== undefined && value.movedFrom === open?.id);
  const room = open && !isLeft ? roomIn(open.value, deps.clock.now()) : 0;
  const [first, rest] = [fresh.slice(0, room), fresh.slice(room, room + MOST_EVENTS)];
  if (open && first.length > 0) note(put, first, await grown(deps, open, first));
  if (open && room === 0 && rest.length > 0) await deps.notices.replace(open, { ...open.value, open: false });
  if (room === 0 && rest.length > 0) note(put, rest, await begun(deps, rest));
  return { standing, put };
}

function standingOf(
  group: readonly Stored<CustomerEvent>[],
  recent: readonly Stored<Notice>[],
): Map<string, string> {
  const listed = recent.map(({ id, value }) => ({ id, eventIds: new Set(value.eventIds) }));
  return new Map(
    group.flatMap(({ id, value }) => {
      const noticeId = value.noticeId ?? listed.find((notice) => contains(notice, id, value.movedFrom))?.id;
      return noticeId ? [[id, noticeId] as const] : [];
    }),
  );
}

const contains = (notice: { id: string; eventIds: Set<string> }, id: string, movedFrom?: string): boolean =>
  notice.id !== movedFrom && notice.eventIds.has(id);

function note(
  noticeOf: Map<string, string>,
  events: readonly Stored<CustomerEvent>[],
  noticeId: string,
): void {
  for (const { id } of events) noticeOf.set(id, noticeId);
}

function roomIn({ openedAt, eventIds, crowded }: Notice, now: number): number {
  const [forMs, most] = crowded ? [CROWD.noticeMs, CROWD.mostEvents] : [NOTICE_MS, MOST_EVENTS];
  return now < openedAt + forMs ? Math.max(0, most - eventIds.length) : 0;
}

/** Its notice is known, or nobody can have given it to one yet: it was written and claimed, and nothing since. */
const needsNoSearch = ({ version, value }: Stored<CustomerEvent>): boolean =>
  value.noticeId !== undefined || version === 2;

/** Those that the events may stand in already, and the open one. */
async function recentNotices(
  { notices, clock }: HandOverDeps,
  group: readonly Stored<CustomerEvent>[],
): Promise<Stored<Notice>[]> {
  const [{ value } = { value: undefined }] = group;
  if (!value) return [];
  const { customerId, facts, privileged } = value;
  const from = Math.min(clock.now(), ...group.map((event) => event.value.toldAt)) - LOOK_BACK_MS;
  const open = await notices.find('open', [customerId, facts.kind, privileged].join('|'));
  if (group.every(needsNoSearch)) return open ? [open] : [];
  const { items } = await notices.list({
    where: { customerId },
    range: { key: 'openedAt', from },
    sort: { key: 'openedAt', descending: true },
    limit: 1000,
  });
  const listed = items.filter(
    ({ value: notice }) => notice.kind === facts.kind && notice.privileged === privileged,
  );
  return open && !listed.some(({ id }) => id === open.id) ? [open, ...listed] : listed;
}

async function grown(
  { notices, clock }: HandOverDeps,
  open: Stored<Notice>,
  events: readonly Stored<CustomerEvent>[],
): Promise<string> {
  const eventIds = [...open.value.eventIds, ...events.map(({ id }) => id)];
  await notices.replace(open, { ...raised(open.value, clock.now()), eventIds });
  return open.id;
}

async function begun(
  { notices, clock }: HandOverDeps,
  events: readonly Stored<CustomerEvent>[],
): Promise<string> {
  const [first] = events;
  if (!first) throw new TypeError('a notice begins with an event');
  const now = clock.now();
  const { customerId, privileged, facts, movedFrom } = first.value;
  // One that turns out to be worse may stand in a notice already, as the one that it was made for.
  const again = movedFrom ? `|${eventIdOf(movedFrom)}` : '';
  const made = `notice|${first.id}${privileged ? '|privileged' : ''}${again}`;
  const before = (withinMs: number) =>
    notices.count({ where: { customerId }, range: { key: 'openedAt', from: now - withinMs } });
  const nth = await before(CROWD.rankMs);
  const isCrowded = (await before(CROWD.withinMs)) >= CROWD.notices;
  const { id } = await notices.insert(made, {
    customerId,
    privileged,
    kind: facts.kind,
    eventIds: events.map((event) => event.id),
    openedAt: now,
    ...(nth > 0 && { nth }),
    ...(isCrowded && { crowded: true }),
    open: !isAlone(facts.kind),
    revision: 1,
    told: false,
    dueAt: dueFrom({ kind: facts.kind, privileged }, now),
  });
  return id;
}

/** It stands in its notice: nothing is due any more. Without a notice it stays due. */
async function mark(
  { events }: HandOverDeps,
  event: Stored<CustomerEvent>,
  noticeId?: string,
): Promise<void> {
  if (!noticeId) return;
  const { dueAt: _due, movedFrom: _moved, ...value } = event.value;
  // Changed meanwhile, such as by its arrival, it is still due, and found in its notice at the next look.
  await unlessChanged(events.replace(event, { ...value, noticeId }));
}
