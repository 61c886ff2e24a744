import { DuplicateKey } from '../errors';
import { type CustomerEvent, type EventFacts, eventNow } from '../events/customerEvent';
import { eventIdOf, resetTimeKey, resetVersionKey } from '../events/eventId';
import { recordEvent } from '../events/recordEvent';
import { dueFrom } from '../notifications/audience';
import type { Stored } from '../ports';
import type { Needs } from '../stores/core';
import { retried } from '../stores/retried';
import { addTelling, type ResetEvent } from './addTelling';
import type { Telling } from './telling';

type Deps = Needs<'events', 'clock'>;

interface KnownReset {
  event: Stored<CustomerEvent>;
  /** Whether this telling added something new. */
  learned: boolean;
}

/**
 * The event of a reset that is told again, with what this telling adds: who did it, a late log or the log of
 * another domain controller, that the password has to be changed, or that the reset is worse than it seemed.
 * The event is then due again, so that its card is brought up to date or a new card is sent. A telling that
 * contradicts another one raises an alarm.
 */
export function completeReset(deps: Deps, id: string, told: ResetEvent): Promise<KnownReset | undefined> {
  return retried(() => completeOnce(deps, id, told));
}

async function completeOnce(deps: Deps, id: string, told: ResetEvent): Promise<KnownReset | undefined> {
  const known = await find(deps, id, told);
  if (!known || !isReset(known)) return known && { event: known, learned: false };
  const { better, against } = addTelling(known.value, told);
  if (against) await tellDisagreement(deps, known, told, against);
  if (!better) return { event: known, learned: false };
  try {
    const learned = learns(known.value, better);
    const due = (learned || against) && { dueAt: dueAgain(deps, better) };
    return { event: await deps.stores.events.replace(known, { ...better, ...due }), learned };
  } catch (error) {
    // Two events turn out to be the same reset. Both are already told, and stay as they are.
    if (error instanceof DuplicateKey) return { event: known, learned: false };
    throw error;
  }
}

const isReset = (event: Stored<CustomerEvent>): event is Stored<ResetEvent> => 'reset' in event.value.facts;

const dueAgain = ({ clock }: Deps, { facts, privileged, noticeId }: CustomerEvent): number =>
  noticeId ? clock.now() : dueFrom({ kind: facts.kind, privileged }, clock.now());

/** False when only one more agent told the same. */
const learns = (
  { facts: before, privileged }: ResetEvent,
  { facts, privileged: now }: CustomerEvent,
): boolean =>
  privileged !== now ||
  ('reset' in facts && (facts.reset !== before.reset || facts.explanation !== before.explanation));

async function find({ stores: { events } }: Deps, id: string, told: CustomerEvent) {
  const version = resetVersionKey(told);
  const time = resetTimeKey(told);
  return (
    (await events.get(id)) ??
    (version ? await events.find('resetVersion', version) : undefined) ??
    (time ? await events.find('resetTime', time) : undefined)
  );
}

/**
 * Writes one event for each two agents and reset, before it changes the reset's event. After a crash in
 * between, the telling comes again and runs through here again.
 */
async function tellDisagreement(
  deps: Deps,
  { id, value }: Stored<ResetEvent>,
  told: ResetEvent,
  against: Telling,
): Promise<void> {
  const telling = told.facts.tellings?.[0];
  if (!telling) return;
  const now = deps.clock.now();
  const agents = [against.agentId, telling.agentId].sort();
  const privileged = value.privileged || told.privileged;
  const { user } = (told.privileged ? told : value).facts.reset;
  const account = user.userPrincipalName ?? user.samAccountName;
  const facts: EventFacts = { kind: 'agentsDisagree', eventId: id, account, tellings: [against, telling] };
  const dueAt = dueFrom({ kind: facts.kind, privileged }, now);
  const event = eventNow(value.customerId, facts, now, { privileged, dueAt });
  await recordEvent(deps, eventIdOf(facts.kind, id, ...agents), event);
}
