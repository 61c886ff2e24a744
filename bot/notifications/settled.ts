import type { Delivery } from '../../domain/notifications/delivery';
import { held } from '../../domain/notifications/held';
import { type SendResult, waitOf } from '../sending/sendResult';

/** Enough tries to outlast three quarters of an hour in which Teams takes nothing. */
const GIVE_UP_AFTER = 12;
/** The pause while a setting of people keeps the bot out. */
const BARRED_MS = 3_600_000;

/**
 * The delivery after a send of `revision` with this result. A revision that was raised meanwhile stays
 * wanted.
 */
export function settled(value: Delivery, result: SendResult, revision: number, now: number): Delivery {
  if (result.kind === 'sent') {
    const { failure: _failure, failures: _failures, ...rest } = value;
    const state = value.wanted > revision ? 'waiting' : 'shown';
    const cardId = result.id ?? value.cardId;
    return { ...rest, state, shown: revision, attempts: 0, dueAt: now, ...(cardId && { cardId }) };
  }
  // A card that was deleted in the chat is not sent again.
  if (result.kind === 'gone' && value.cardId !== undefined)
    return { ...value, state: 'shown', shown: value.wanted };
  if (result.kind === 'gone') return held(value, 'This conversation cannot be reached at the moment.', now);
  return notTaken(value, result, now);
}

type NotTaken = Exclude<SendResult, { kind: 'sent' | 'gone' }>;

function notTaken(value: Delivery, result: NotTaken, now: number): Delivery {
  const attempts = value.attempts + 1;
  if (result.kind === 'throttled') {
    const dueAt = now + (result.waitMs ?? pauseOf(attempts));
    return { ...value, state: 'waiting', attempts, dueAt, failure: 'Teams asked to wait.' };
  }
  const failures = (value.failures ?? 0) + 1;
  const pauseMs = result.kind === 'barred' ? BARRED_MS : (waitOf(result) ?? pauseOf(failures));
  // When the card exists already, only its content could be out of date.
  const unsure = result.kind === 'failed' && result.unsure && value.cardId === undefined;
  const over = failures >= GIVE_UP_AFTER;
  return {
    ...value,
    ...(unsure && { mayBeThere: true }),
    state: over ? 'failed' : 'waiting',
    attempts,
    // Whatever raises it after that starts counting anew.
    failures: over ? 0 : failures,
    dueAt: now + pauseMs,
    failure: wordsOf(result),
  };
}

function wordsOf(result: NotTaken): string {
  if (result.kind === 'barred') return 'A setting in Teams keeps Keyturn from writing here.';
  if (result.kind === 'failed' && result.unsure) return 'Teams did not say whether it took the message.';
  return 'Teams did not take the message.';
}

const pauseOf = (attempts: number): number => Math.min(600_000, 2_000 * 2 ** attempts);
