import type { Activity } from 'botbuilder';
import type { Card } from '../../cards/shared/card';
import type { Delivery } from '../../domain/notifications/delivery';
import { held } from '../../domain/notifications/held';
import { lineAtOf, positionInLine } from '../../domain/notifications/line';
import type { Stored } from '../../domain/ports';
import { change } from '../../domain/stores/change';
import { unlessChanged } from '../../domain/stores/retried';
import { dropReference } from '../installs/references';
import type { SendSlot, SendSlots } from '../sending/sendBudget';
import { classified, type SendResult } from '../sending/sendResult';
import { cardMessage, putMessage } from '../turns/reply';
import { settled } from './settled';
import { type Subjects, subjectKindOf } from './subjects';
import type { Where } from './subjects/subjectKind';
import type { ToldNowDeps } from './toldNow';

export interface SendDeps extends ToldNowDeps {
  slots: SendSlots;
  subjects: Subjects;
}

const SENDING_MS = 60_000;
const REPEAT = 'This may have been told already: Keyturn could not see whether it arrived the first time.';

/**
 * Sends one claimed delivery, or brings its card up to date. The delivery is written down as `sending` before
 * that. When this instance dies in the middle, or Teams gives no clear answer, nobody can know whether the
 * card arrived, and the next card says that it may be a repeat. Once `stopping` is aborted, the delivery is
 * given back unchanged, due for others at once.
 */
export async function sendDelivery(
  deps: SendDeps,
  claimed: Stored<Delivery>,
  stopping?: AbortSignal,
): Promise<void> {
  const givenBack = () => deps.stores.deliveries.replace(claimed, claimed.value);
  // When somebody raised its revision, or another instance has it, it is due again by itself.
  const work: Promise<unknown> = stopping?.aborted ? givenBack() : attempt(deps, claimed);
  const done = await unlessChanged(work.then(() => true));
  if (!done) deps.log.debug?.({ delivery: claimed.id }, 'delivery left: it was changed meanwhile');
}

async function attempt(deps: SendDeps, claimed: Stored<Delivery>): Promise<void> {
  const { value } = claimed;
  const began = deps.clock.now();
  const ahead = await aheadOf(deps, value);
  // Checked before everything else: in a long line only the first delivery is worth the work, and the others
  // wait.
  if (ahead > 0 && !value.failures) return waitInLine(deps, claimed, ahead);
  const subject = subjectKindOf(deps.subjects, value.subject);
  const reference = await subject.whereTo(deps, value.conversationId);
  if ('until' in reference) return hold(deps, claimed, reference);
  if ('why' in reference) return drop(deps, claimed, reference);
  const shown = await subject.card(value, mayBeThere(value) ? REPEAT : undefined);
  if (!shown) return drop(deps, claimed, { why: NOTHING, because: 'nothingToTell' });
  const slot = await deps.slots.take(value.conversationId);
  if ('laterMs' in slot) return waitInLine(deps, claimed, ahead, slot.laterMs);
  const sending = await markSending(deps, claimed, slot);
  const send = () =>
    deps.proactive.in(reference.reference, (context) =>
      putMessage(context, messageOf(value, shown.card), value.cardId),
    );
  const result = await slot.use(() => classified(send));
  deps.log.debug?.(
    {
      delivery: claimed.id,
      conversationId: value.conversationId,
      card: value.cardId ? 'update' : 'new',
      revision: shown.revision,
      result: result.kind,
      ms: deps.clock.now() - began,
    },
    'delivery tried',
  );
  await settle(deps, sending, result, shown.revision);
}

async function hold(
  { clock, log, stores }: SendDeps,
  claimed: Stored<Delivery>,
  { until, because, lookMs }: Extract<Where, { until: string }>,
): Promise<void> {
  log.debug?.({ delivery: claimed.id, because }, 'delivery held');
  await stores.deliveries.replace(claimed, held(claimed.value, until, clock.now(), lookMs));
}

async function drop(
  { log, stores }: SendDeps,
  claimed: Stored<Delivery>,
  { why, because }: Extract<Where, { why: string }>,
): Promise<void> {
  log.debug?.({ delivery: claimed.id, because }, 'delivery dropped');
  await stores.deliveries.replace(claimed, { ...claimed.value, state: 'gone', failure: why });
}

/** How many others are to be sent to the conversation first. */
async function aheadOf({ stores }: SendDeps, value: Delivery): Promise<number> {
  const to = positionInLine(value);
  if (to === undefined) return 0;
  return stores.deliveries.count({
    where: { conversationId: value.conversationId },
    range: { key: 'line', to },
  });
}

/** For when the ones before it may be sent now, and other instances are sending them. */
const LOOK_AGAIN_MS = 500;

/**
 * Due again when the ones before it can have been sent. Each gets a moment of its own, so that a long line is
 * not read again for each card.
 */
async function waitInLine(
  { clock, log, slots, stores }: SendDeps,
  claimed: Stored<Delivery>,
  ahead: number,
  leastMs = LOOK_AGAIN_MS,
): Promise<void> {
  const { value } = claimed;
  const laterMs = ahead > 0 ? await slots.later(value.conversationId, ahead) : 0;
  const dueAt = clock.now() + Math.max(leastMs, laterMs);
  log.debug?.({ delivery: claimed.id, ahead, inMs: dueAt - clock.now() }, 'delivery waits in line');
  await stores.deliveries.replace(claimed, { ...value, lineAt: lineAtOf(value), dueAt });
}

/** Only what is urgent raises Teams' own alert beside the message. An edit raises none. */
const messageOf = ({ urgent, cardId }: Delivery, card: Card): Partial<Activity> => ({
  ...cardMessage(card),
  ...(urgent && cardId === undefined && { channelData: { notification: { alert: true } } }),
});

const mayBeThere = ({ cardId, state, mayBeThere: unsure = false }: Delivery): boolean =>
  unsure || (cardId === undefined && state === 'sending');

/** When another instance has it, its slot is free again. */
async function markSending(
  { clock, stores }: SendDeps,
  claimed: Stored<Delivery>,
  slot: SendSlot,
): Promise<Stored<Delivery>> {
  const { value } = claimed;
  const dueAt = clock.now() + SENDING_MS;
  const unsure = mayBeThere(value) && { mayBeThere: true };
  try {
    return await stores.deliveries.replace(claimed, { ...value, ...unsure, state: 'sending', dueAt });
  } catch (error) {
    await slot.giveBack();
    throw error;
  }
}

const NOTHING = 'There was nothing to tell any more.';

/** Notes the result of the send. A revision that was raised meanwhile stays wanted. */
async function settle(
  deps: SendDeps,
  sending: Stored<Delivery>,
  result: SendResult,
  revision: number,
): Promise<void> {
  if (result.kind === 'gone' && sending.value.cardId === undefined)
    await dropReference(deps, sending.value.conversationId);
  if ('cause' in result)
    deps.log.warn(
      { err: result.cause, conversationId: sending.value.conversationId },
      'a notification was not taken',
    );
  await change(deps.stores.deliveries, sending, (delivery) =>
    settled(delivery, result, revision, deps.clock.now()),
  );
}
