import { type AuditDeps, audited } from '../audit/recordAudit';
import type { Customer } from '../customers/customer';
import { aboutResets } from '../events/aboutResets';
import type { CustomerEvent, Explanation } from '../events/customerEvent';
import { joinedBy } from '../events/joinedEvents';
import { closeNotices } from '../notifications/closeNotice';
import { permit } from '../people/permit';
import type { Actor } from '../people/person';
import type { Stored } from '../ports';
import { change } from '../stores/change';
import type { Needs } from '../stores/core';
import { pages } from '../stores/pages';
import { failedArrivalId } from './trackArrival';

export type ExplainDeps = AuditDeps & Needs<'events' | 'notices'>;

export interface ExplainRequest {
  as: 'ours' | 'lookInto';
  requestId: string;
  /** How many of the resets that an event is about, for example of an alarm; absent: all of them. */
  resets?: number | undefined;
}

const AT_ONCE = 200;

/**
 * Explains the customer's resets that nobody has explained yet, and audits it. Changed events are due again,
 * so that all cards that show them, alarms included, are brought up to date. The notices that tell them are
 * closed first, so that a later reset comes in a new message. A repeat changes nothing.
 */
export async function explainEvents(
  deps: ExplainDeps,
  actor: Actor,
  customer: Stored<Customer>,
  request: ExplainRequest & {
    eventIds: readonly string[];
    /** Of `eventIds`, only those count that their notice listed until this moment; absent: all. */
    listedUpTo?: number | undefined;
    /** Events that belong to a notice beyond its list; see joinedBy. */
    joined?: readonly { noticeId: string; upTo: number }[];
    /** False for a card that showed the resets before they turned out to be of privileged accounts. */
    alsoPrivileged: boolean;
    /**
     * The notices that the person saw. An event that moved to another notice since then is answered there.
     */
    seenIn: ReadonlySet<string>;
  },
): Promise<void> {
  permit(actor, 'resets.explain');
  const after = request.as === 'ours' ? 'confirmed' : 'being investigated';
  const target = customer.value.name;
  const entry = { action: 'reset.explain', target, customerId: customer.id, after } as const;
  return audited(deps, actor, request.requestId, entry, async () => {
    const by = { id: actor.id, name: actor.name };
    const explanation: Explanation = { state: request.as, by, at: deps.clock.now() };
    for await (const portion of portionsOf(deps, request)) {
      const told = portion.filter(({ value }) => standsIn(request.seenIn, value));
      const resets = (await Promise.all(told.map((event) => resetsOf(deps, event, request.resets)))).flat();
      const said = { explanation, alsoPrivileged: request.alsoPrivileged };
      await closeNotices(deps, new Set(resets.flatMap(({ value }) => value.noticeId ?? [])));
      await Promise.all(resets.map((event) => explain(deps, event, said)));
      await bringUpToDate(deps, customer.id, resets);
    }
  });
}

async function* portionsOf(
  deps: ExplainDeps,
  {
    eventIds,
    listedUpTo,
    joined = [],
  }: Pick<Parameters<typeof explainEvents>[3], 'eventIds' | 'listedUpTo' | 'joined'>,
): AsyncGenerator<Stored<CustomerEvent>[]> {
  for (let done = 0; done < eventIds.length; done += AT_ONCE) {
    const listed = await eventsOf(deps, eventIds.slice(done, done + AT_ONCE));
    yield listed.filter(({ value }) => wasListed(value, listedUpTo));
  }
  for (const { noticeId, upTo } of joined)
    yield* pages(deps.stores.events, {
      ...joinedBy(noticeId, upTo),
      sort: { key: 'joinedAt' },
      limit: AT_ONCE,
    });
}

/** An event without a mark may have been put into the list after the card was made. */
const wasListed = ({ noticeId, toldAt, listedAt = toldAt }: CustomerEvent, upTo?: number): boolean =>
  upTo === undefined || (noticeId !== undefined && listedAt <= upTo);

const standsIn = (seen: ReadonlySet<string>, { noticeId, movedFrom }: CustomerEvent): boolean =>
  noticeId === undefined ? movedFrom === undefined : seen.has(noticeId);

/** For an event that is about resets, for example an alarm, these resets count. */
async function resetsOf(
  deps: ExplainDeps,
  event: Stored<CustomerEvent>,
  most?: number,
): Promise<Stored<CustomerEvent>[]> {
  const ids = aboutResets(event.value.facts);
  return ids.length > 0 ? eventsOf(deps, ids.slice(0, most)) : [event];
}

async function eventsOf(deps: ExplainDeps, ids: readonly string[]): Promise<Stored<CustomerEvent>[]> {
  const found = await Promise.all(ids.map((id) => deps.stores.events.get(id)));
  return found.flatMap((event) => event ?? []);
}

/** What the user did, or the MSP did, stays explained. */
const explain = (
  deps: ExplainDeps,
  event: Stored<CustomerEvent>,
  { explanation, alsoPrivileged }: { explanation: Explanation; alsoPrivileged: boolean },
): Promise<unknown> =>
  change(deps.stores.events, event, ({ facts, ...rest }) =>
    'explanation' in facts &&
    (alsoPrivileged || !rest.privileged) &&
    mayBecome(facts.explanation.state, explanation.state)
      ? { ...rest, facts: { ...facts, explanation }, dueAt: deps.clock.now() }
      : undefined,
  );

const mayBecome = (from: Explanation['state'], to: Explanation['state']): boolean =>
  from === 'unexplained' || (from === 'lookInto' && to === 'ours');

/** Brings the cards of other events that are about these resets up to date. */
async function bringUpToDate(
  deps: ExplainDeps,
  customerId: string,
  resets: readonly Stored<CustomerEvent>[],
): Promise<void> {
  if (resets.length === 0) return;
  const dueAgain = (of: string | Stored<CustomerEvent>) =>
    change(deps.stores.events, of, (value) => ({ ...value, dueAt: deps.clock.now() }));
  await Promise.all(resets.map(({ id }) => dueAgain(failedArrivalId(id))));
  for (const alarm of await alarmsAbout(deps, customerId, resets)) await dueAgain(alarm);
}

/** Alarms are raised after the resets that they are about. */
async function alarmsAbout(
  { stores: { events } }: ExplainDeps,
  customerId: string,
  resets: readonly Stored<CustomerEvent>[],
): Promise<Stored<CustomerEvent>[]> {
  const ids = new Set(resets.map(({ id }) => id));
  const { items } = await events.list({
    where: { customerId, kind: 'unexplainedResets' },
    range: { key: 'toldAt', from: Math.min(...resets.map(({ value }) => value.at)) },
    sort: { key: 'toldAt' },
    limit: 1000,
  });
  return items.filter(({ value }) => aboutResets(value.facts).some((id) => ids.has(id)));
}
