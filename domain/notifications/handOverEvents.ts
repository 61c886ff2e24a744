import { DuplicateKey, VersionConflict } from '../errors';
import type { CustomerEvent } from '../events/customerEvent';
import type { Clock, Store, Stored } from '../ports';
import { MOST_EVENTS, NOTICE_MS, type Notice } from './notification';

interface HandOverDeps {
  events: Store<CustomerEvent>;
  notices: Store<Notice>;
  clock: Clock;
}

const TRIES = 8;
/** How far back an event may already stand in a notice, without having been marked so. */
const LOOK_BACK_MS = 60 * 60_000;

/**
 * Gives claimed events to their notices: the open one of their customer and kind, else a new one. Safe to repeat at
 * any point: an event that stands in a notice already only gets its mark. Events whose notice was changed too often by others
 * in the meantime stay due.
 */
export async function handOverEvents(
  deps: HandOverDeps,
  claimed: readonly Stored<CustomerEvent>[],
): Promise<void> {
  const groups = new Map<string, Stored<CustomerEvent>[]>();
  for (const event of claimed) {
    const key = groupOf(event.value);
    groups.set(key, [...(groups.get(key) ?? []), event]);
  }
  for (const group of groups.values()) await handOverGroup(deps, group);
}

const groupOf = ({ customerId, facts, privileged }: CustomerEvent) =>
  [customerId, facts.kind, privileged].join('|');

async function handOverGroup(deps: HandOverDeps, group: readonly Stored<CustomerEvent>[]): Promise<void> {
  for (let attempt = 0; attempt < TRIES; attempt++) {
    try {
      const noticeOf = await joined(deps, group);
      await Promise.all(group.map((event) => mark(deps, event, noticeOf.get(event.id))));
      return;
    } catch (error) {
      if (!(error instanceof VersionConflict || error instanceof DuplicateKey)) throw error;
    }
  }
}

/** Puts those into a notice that are in none. Throws VersionConflict and DuplicateKey when somebody else was faster. */
async function joined(
  deps: HandOverDeps,
  group: readonly Stored<CustomerEvent>[],
): Promise<Map<string, string>> {
  const recent = await recentNotices(deps, group);
  const noticeOf = new Map(
    recent.flatMap(({ id, value }) => value.eventIds.map((event) => [event, id] as const)),
  );
  const fresh = group.filter(({ id }) => !noticeOf.has(id)).toSorted((a, b) => a.value.at - b.value.at);
  const open = recent.find(({ value }) => value.open);
  const room = open && takesMore(open.value, deps.clock.now()) ? MOST_EVENTS - open.value.eventIds.length : 0;
  const [first, rest] = [fresh.slice(0, room), fresh.slice(room)];
  if (open && first.length > 0) note(noticeOf, first, await grown(deps, open, first));
  if (open && room === 0 && rest.length > 0) await deps.notices.replace(open, { ...open.value, open: false });
  if (room === 0 && rest.length > 0)
    note(noticeOf, rest.slice(0, MOST_EVENTS), await begun(deps, rest.slice(0, MOST_EVENTS)));
  return noticeOf;
}

function note(
  noticeOf: Map<string, string>,
  events: readonly Stored<CustomerEvent>[],
  noticeId: string,
): void {
  for (const { id } of events) noticeOf.set(id, noticeId);
}

const takesMore = (notice: Notice, now: number): boolean =>
  now < notice.openedAt + NOTICE_MS && notice.eventIds.length < MOST_EVENTS;

/** Written and claimed, and nothing since: nobody can have given it to a notice yet. */
const isFresh = ({ version }: Stored<CustomerEvent>): boolean => version === 2;

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
  if (group.every(isFresh)) return open ? [open] : [];
  const query = { where: { customerId }, range: { key: 'openedAt', from }, limit: 1000 };
  const { items } = await notices.list({ ...query, sort: { key: 'openedAt', descending: true } });
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
  const { customerId, privileged, facts } = first.value;
  const { id } = await notices.insert(`notice|${first.id}`, {
    customerId,
    privileged,
    kind: facts.kind,
    eventIds: events.map((event) => event.id),
    openedAt: now,
    open: true,
    revision: 1,
    told: false,
    dueAt: now,
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
  const { dueAt: _due, ...value } = event.value;
  try {
    await events.replace(event, { ...value, noticeId });
  } catch (error) {
    // Changed meanwhile, such as by its arrival: still due, and found in its notice at the next look.
    if (!(error instanceof VersionConflict)) throw error;
  }
}

/** How long a card stands before it is brought up to date again: bursts of changes become one. */
const CALM_MS = 3_000;

/** The next revision, due at once the first time and calmly later. */
export const raised = (notice: Notice, now: number): Notice => ({
  ...notice,
  revision: notice.revision + 1,
  dueAt: notice.dueAt ?? Math.max(now, (notice.handedOnAt ?? 0) + CALM_MS),
});
