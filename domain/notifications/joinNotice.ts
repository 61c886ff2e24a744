import type { CustomerEvent } from '../events/customerEvent';
import type { Stored } from '../ports';
import { change } from '../stores/change';
import type { Needs } from '../stores/core';
import type { Notice } from './notification';
import { raised } from './touchNotice';

type JoinDeps = Needs<'events' | 'notices', 'clock'>;

/** As long as a lease: when an instance dies, a marked event stays due. */
const STILL_DUE_MS = 60_000;

/**
 * Notes which events are about to join a full notice. They count once `settleNotice` has marked each of them,
 * so that no card shows only a part of them. Throws VersionConflict when somebody else was faster.
 */
export async function beginJoining(
  { stores: { notices }, clock }: JoinDeps,
  { id, version, value }: Stored<Notice>,
  joining: readonly Stored<CustomerEvent>[],
): Promise<void> {
  const at = Math.max(clock.now(), (value.joinedUpTo ?? 0) + 1);
  const eventIds = joining.map((event) => event.id);
  await notices.replace({ id, version, value }, { ...value, joining: { at, eventIds } });
}

/**
 * Marks the events that are joining the notice, lets them count, and brings the notice's cards up to date.
 * Resolves to the marked events, which stay due until their due time is cleared. Any instance may do it; safe
 * to repeat.
 */
export async function settleNotice(
  deps: JoinDeps,
  noticeId: string,
): Promise<ReadonlyMap<string, Stored<CustomerEvent>>> {
  let marked = new Map<string, Stored<CustomerEvent>>();
  await change(deps.stores.notices, noticeId, async ({ joining, ...notice }) => {
    if (!joining) return raised(notice, deps.clock.now());
    marked = await markAll(deps, { id: noticeId, ...notice }, joining);
    return raised({ ...notice, joinedUpTo: joining.at }, deps.clock.now());
  });
  return marked;
}

type Joinable = Pick<Notice, 'privileged' | 'kind'> & { id: string };

async function markAll(
  deps: JoinDeps,
  notice: Joinable,
  { at, eventIds }: NonNullable<Notice['joining']>,
): Promise<Map<string, Stored<CustomerEvent>>> {
  const marked = await Promise.all(eventIds.map((id) => markJoined(deps, notice, { id, at })));
  return new Map(marked.flatMap((event) => (event ? [[event.id, event] as const] : [])));
}

/** Undefined for an event that belongs to another notice by now. */
async function markJoined(
  { stores: { events }, clock }: JoinDeps,
  notice: Joinable,
  { id, at }: { id: string; at: number },
): Promise<Stored<CustomerEvent> | undefined> {
  const mark = { noticeId: notice.id, joined: { noticeId: notice.id, at } };
  const event = await change(events, id, (value) =>
    mayJoin(notice, value) ? { ...value, ...mark, dueAt: clock.now() + STILL_DUE_MS } : undefined,
  );
  return event?.value.noticeId === notice.id ? event : undefined;
}

/** False for an event that turned out to be worse meanwhile. */
const mayJoin = (notice: Joinable, { noticeId, movedFrom, privileged, facts }: CustomerEvent): boolean =>
  noticeId === undefined &&
  movedFrom !== notice.id &&
  privileged === notice.privileged &&
  facts.kind === notice.kind;
