import type { TurnContext } from 'botbuilder';
import type { Card } from '../../cards/card';
import { VersionConflict } from '../../domain/errors';
import { mayHear } from '../../domain/notifications/audience';
import type { Delivery } from '../../domain/notifications/notification';
import type { PeopleDeps } from '../../domain/people/people';
import type { Log, Stored, Stores } from '../../domain/ports';
import type { Proactive } from '../proactive';
import { cardMessage } from '../turns/reply';
import { classified, type SendResult } from '../turns/sendResult';
import type { SendSlot, SendSlots } from './sendBudget';

export interface SendDeps extends Pick<PeopleDeps, 'people' | 'firstAdmins' | 'clock'> {
  stores: Stores;
  proactive: Proactive;
  slots: SendSlots;
  /** The card of a delivery as its notices stand now; undefined: there is nothing to tell any more. `repeat`: it may have been sent before. */
  cardOf(delivery: Delivery, repeat: boolean): Promise<{ card: Card; revision: number } | undefined>;
  log: Log;
}

const SENDING_MS = 60_000;
const GIVE_UP_AFTER = 8;

/**
 * Sends one claimed delivery, or brings its card up to date. Written down as `sending` before: when this instance
 * dies in the middle, nobody can know whether it arrived, and the next card says that it may be a repeat.
 */
export async function sendDelivery(deps: SendDeps, claimed: Stored<Delivery>): Promise<void> {
  try {
    await attempt(deps, claimed);
  } catch (error) {
    // Somebody raised its revision, or another instance has it: it is due again by itself.
    if (!(error instanceof VersionConflict)) throw error;
  }
}

async function attempt(deps: SendDeps, claimed: Stored<Delivery>): Promise<void> {
  const { value } = claimed;
  const { deliveries } = deps.stores;
  const reference = await whereTo(deps, value);
  if ('why' in reference)
    return void (await deliveries.replace(claimed, { ...value, state: 'gone', failure: reference.why }));
  const repeat = value.state === 'sending' && value.cardId === undefined;
  const shown = await deps.cardOf(value, repeat);
  if (!shown) return void (await deliveries.replace(claimed, { ...value, state: 'gone', failure: NOTHING }));
  const slot = await deps.slots.take(value.conversationId);
  if ('laterMs' in slot)
    return void (await deliveries.replace(claimed, { ...value, dueAt: deps.clock.now() + slot.laterMs }));
  const sending = await markSending(deps, claimed, slot);
  const send = () =>
    deps.proactive.in(reference.reference, (context) => put(context, value.cardId, shown.card));
  const result = await slot.use(() => classified(send));
  await settle(deps, sending, result, shown.revision);
}

/** Throws VersionConflict when another instance has it: its place is free again then. */
async function markSending(
  { clock, stores }: SendDeps,
  claimed: Stored<Delivery>,
  slot: SendSlot,
): Promise<Stored<Delivery>> {
  const dueAt = clock.now() + SENDING_MS;
  try {
    return await stores.deliveries.replace(claimed, { ...claimed.value, state: 'sending', dueAt });
  } catch (error) {
    await slot.giveBack();
    throw error;
  }
}

const NOTHING = 'There was nothing to tell any more.';

async function put(
  context: TurnContext,
  cardId: string | undefined,
  card: Card,
): Promise<string | undefined> {
  if (cardId === undefined) return (await context.sendActivity(cardMessage(card)))?.id;
  await context.updateActivity({ ...cardMessage(card), id: cardId });
  return cardId;
}

async function whereTo(
  deps: SendDeps,
  { conversationId }: Delivery,
): Promise<{ reference: unknown } | { why: string }> {
  const subscription = await deps.stores.subscriptions.get(conversationId);
  if (!subscription) return { why: 'Nobody asks for it here any more.' };
  if (!(await mayHear(deps, conversationId, subscription.value)))
    return { why: 'This person has no role any more.' };
  const known = await deps.stores.references.get(conversationId);
  if (!known?.value.installed) return { why: 'Keyturn was removed from this conversation.' };
  return { reference: known.value.reference };
}

/** Notes what became of it. A revision that was raised meanwhile stays wanted. */
async function settle(
  deps: SendDeps,
  sending: Stored<Delivery>,
  result: SendResult,
  revision: number,
): Promise<void> {
  if (result.kind === 'gone' && sending.value.cardId === undefined)
    await dropReference(deps, sending.value.conversationId);
  let current: Stored<Delivery> | undefined = sending;
  while (current) {
    try {
      await deps.stores.deliveries.replace(
        current,
        settled(current.value, result, revision, deps.clock.now()),
      );
      return;
    } catch (error) {
      if (!(error instanceof VersionConflict)) throw error;
      current = await deps.stores.deliveries.get(current.id);
    }
  }
}

function settled(value: Delivery, result: SendResult, revision: number, now: number): Delivery {
  if (result.kind === 'sent') {
    const { failure: _failure, ...rest } = value;
    const state = value.wanted > revision ? 'waiting' : 'shown';
    const cardId = result.id ?? value.cardId;
    return { ...rest, state, shown: revision, attempts: 0, dueAt: now, ...(cardId && { cardId }) };
  }
  // A card that was deleted there is not put back.
  if (result.kind === 'gone' && value.cardId !== undefined)
    return { ...value, state: 'shown', shown: value.wanted };
  if (result.kind === 'gone')
    return { ...value, state: 'gone', failure: 'This conversation cannot be reached any more.' };
  const attempts = value.attempts + 1;
  const dueAt = now + ('waitMs' in result && result.waitMs ? result.waitMs : pauseOf(attempts));
  if (result.kind === 'throttled')
    return { ...value, state: 'waiting', attempts, dueAt, failure: 'Teams asked to wait.' };
  const state = attempts >= GIVE_UP_AFTER ? 'failed' : 'waiting';
  return { ...value, state, attempts, dueAt, failure: 'Teams did not take the message.' };
}

const pauseOf = (attempts: number): number => Math.min(600_000, 2_000 * 2 ** attempts);

async function dropReference({ stores, clock, log }: SendDeps, conversationId: string): Promise<void> {
  const known = await stores.references.get(conversationId);
  if (!known?.value.installed) return;
  try {
    await stores.references.replace(known, { ...known.value, installed: false, changedAt: clock.now() });
    log.info({ conversationId }, 'a conversation cannot be reached any more');
  } catch (error) {
    if (!(error instanceof VersionConflict)) throw error;
  }
}
