import type { CustomerEvent } from '../events/customerEvent';
import { eventIdOf } from '../events/eventId';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { retried, unlessChanged } from '../stores/retried';
import { dueFrom } from './audience';
import { groupedBy } from './groupedBy';
import { beginJoining, settleNotice } from './joinNotice';
import { ruleOf } from './kindRules';
import { CROWD, MOST_EVENTS, type Notice, takesInMs } from './notification';
import { raised } from './touchNotice';

type GroupDeps = Needs<'events' | 'notices', 'clock'>;

/**
 * Each round fills a notice, lets a batch join one, or begins one. Events that are left after that stay due.
 */
const ROUNDS = 8;
/** At most this many events join a full notice at once. */
const BATCH = 200;
/** How far back the notices are searched for an event that is listed there and not marked. */
const LOOK_BACK_MS = 60 * 60_000;

/**
 * Groups claimed events into notices: into the open notice of their customer and kind, else into a new one.
 * Safe to repeat at any point. An event that a notice already lists only gets its mark, and that notice's
 * cards are brought up to date, because the event may have changed before it was marked. Throws conflict when
 * others change the notice all the time; its events stay due.
 */
export async function groupIntoNotices(
  deps: GroupDeps,
  claimed: readonly Stored<CustomerEvent>[],
): Promise<void> {
  for (const group of groupedBy(claimed, groupOf).values()) await putIntoNotices(deps, group);
}

const groupOf = ({ id, value: { customerId, facts, privileged } }: Stored<CustomerEvent>) =>
  [customerId, facts.kind, privileged, isAlone(facts.kind) ? id : ''].join('|');

const isAlone = (kind: Notice['kind']): boolean => ruleOf(kind).alone ?? false;

async function putIntoNotices(deps: GroupDeps, group: readonly Stored<CustomerEvent>[]): Promise<void> {
  let left = group;
  for (let rounds = 0; rounds < ROUNDS && left.length > 0; rounds++) {
    const { standing, put } = await retried(() => joined(deps, left));
    const moved = left.flatMap(({ value }) => value.movedFrom ?? []);
    const marked = new Map<string, Stored<CustomerEvent>>();
    for (const noticeId of new Set([...standing.values(), ...moved]))
      for (const [id, event] of await settleNotice(deps, noticeId)) marked.set(id, event);
    const noticeOf = new Map([...standing, ...put]);
    await Promise.all(left.map((event) => mark(deps, marked.get(event.id) ?? event, noticeOf.get(event.id))));
    left = left.filter(({ id }) => !noticeOf.has(id));
  }
}

/**
 * Event id to notice id: `standing` for events that were in a notice already or are joining one, `put` for
 * events that were just put into a notice's list.
 */
interface Joined {
  standing: Map<string, string>;
  put: Map<string, string>;
}

/**
 * Puts events without a notice into one, as many as it takes at once. The caller tries again when somebody
 * else was faster.
 */
async function joined(deps: GroupDeps, group: readonly Stored<CustomerEvent>[]): Promise<Joined> {
  const recent = await recentNotices(deps, group);
  const standing = standingOf(group, recent);
  const put = new Map<string, string>();
  const fresh = group.filter(({ id }) => !standing.has(id)).toSorted((a, b) => a.value.at - b.value.at);
  const open = recent.find(({ value }) => value.open && !isAlone(value.kind));
  if (fresh.length === 0) return { standing, put };
  if (open?.value.joining) {
    await settleNotice(deps, open.id);
  } else if (open && takesIn(open, fresh, deps.clock.now())) {
    const room = MOST_EVENTS - open.value.eventIds.length;
    const batch = fresh.slice(0, room > 0 ? room : BATCH);
    await (room > 0 ? grow(deps, open, batch) : beginJoining(deps, open, batch));
    note(room > 0 ? put : standing, batch, open.id);
  } else {
    if (open) await deps.stores.notices.replace(open, { ...open.value, open: false });
    const first = fresh.slice(0, MOST_EVENTS);
    note(put, first, await begun(deps, first));
  }
  return { standing, put };
}

/** An event that leaves a notice is told on another one. */
const takesIn = (
  { id, value }: Stored<Notice>,
  events: readonly Stored<CustomerEvent>[],
  now: number,
): boolean =>
  now < value.openedAt + takesInMs(value) && events.every((event) => event.value.movedFrom !== id);

function standingOf(
  group: readonly Stored<CustomerEvent>[],
  recent: readonly Stored<Notice>[],
): Map<string, string> {
  const listed = recent.map(({ id, value: { eventIds, joining } }) => ({
    id,
    eventIds: new Set([...eventIds, ...(joining?.eventIds ?? [])]),
  }));
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

/** The event's notice is known, or the event cannot have one yet: it was only written and claimed. */
const needsNoSearch = ({ version, value }: Stored<CustomerEvent>): boolean =>
  value.noticeId !== undefined || version === 2;

/** The notices that may list the events already, and the open one. */
async function recentNotices(
  { stores: { notices }, clock }: GroupDeps,
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

async function grow(
  { stores: { notices }, clock }: GroupDeps,
  open: Stored<Notice>,
  events: readonly Stored<CustomerEvent>[],
): Promise<void> {
  const eventIds = [...open.value.eventIds, ...events.map(({ id }) => id)];
  await notices.replace(open, { ...raised(open.value, clock.now()), eventIds });
}

async function begun(deps: GroupDeps, events: readonly Stored<CustomerEvent>[]): Promise<string> {
  const { notices } = deps.stores;
  const [first] = events;
  if (!first) throw new TypeError('a notice begins with an event');
  const now = deps.clock.now();
  const { customerId, privileged, facts, movedFrom } = first.value;
  // An event that turned out to be worse may be listed in the notice that was made for it before.
  const again = movedFrom ? `|${eventIdOf(movedFrom)}` : '';
  const made = `notice|${first.id}${privileged ? '|privileged' : ''}${again}`;
  // An event of another kind by now may be listed in the notice that was made for it before it was marked.
  const other = (await notices.get(made))?.value.kind;
  const { id } = await notices.insert(other && other !== facts.kind ? `${made}|${facts.kind}` : made, {
    customerId,
    privileged,
    kind: facts.kind,
    eventIds: events.map((event) => event.id),
    openedAt: now,
    ...(await crowdAt(deps, first.value, now)),
    open: !isAlone(facts.kind),
    revision: 1,
    told: false,
    dueAt: dueFrom({ kind: facts.kind, privileged }, now),
  });
  return id;
}

/** How crowded it is at this customer when a notice of this event begins; see CROWD. */
async function crowdAt(
  { stores: { notices, events } }: GroupDeps,
  { customerId, privileged, facts: { kind } }: CustomerEvent,
  now: number,
): Promise<Pick<Notice, 'nth' | 'crowded'>> {
  const begunWithin = (ms: number) =>
    notices.count({ where: { customerId }, range: { key: 'openedAt', from: now - ms } });
  const told = () =>
    events.count({ where: { customerId, kind }, range: { key: 'toldAt', from: now - CROWD.withinMs } });
  const nth = await begunWithin(CROWD.rankMs);
  const crowded =
    (await begunWithin(CROWD.withinMs)) >= CROWD.notices || (!privileged && (await told()) >= CROWD.events);
  return { ...(nth > 0 && { nth }), ...(crowded && { crowded }) };
}

/** Marks an event that has a notice: it is no longer due. An event without a notice stays due. */
async function mark(
  { stores: { events }, clock }: GroupDeps,
  event: Stored<CustomerEvent>,
  noticeId?: string,
): Promise<void> {
  if (!noticeId) return;
  const { dueAt: _due, movedFrom: _moved, ...value } = event.value;
  // An event that changed meanwhile, for example through its arrival, stays due; the next round finds it in
  // its notice.
  const listed = value.noticeId === undefined && { noticeId, listedAt: clock.now() };
  await unlessChanged(events.replace(event, { ...value, ...listed }));
}
